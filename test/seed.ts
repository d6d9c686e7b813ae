import fc from "fast-check";

/** Properties try the same values every time: a failure is a failure for everybody, and again tomorrow. */
fc.configureGlobal({ seed: 20_261_124 });
