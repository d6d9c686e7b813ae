import type { z } from "zod";
import type { descriptions } from "../pos/describe-methods.ts";
import type { notifications } from "../pos/notifications.ts";

type Described = typeof descriptions;

/** Everything that can be asked. */
export type MethodName = keyof Described;

/** Lists and objects of the caller's own, which nobody changes. */
type Untouched<T> = T extends object ? { readonly [Name in keyof T]: Untouched<T[Name]> } : T;

/** What a method asks for, before its defaults. */
export type Params<Method extends MethodName> = Untouched<z.input<Described[Method]["params"]>>;

/** What it answers. A newer kassad may answer more. */
export type Result<Method extends MethodName> = Untouched<z.output<Described[Method]["result"]>>;

/** The parameters may be left out where none is needed. */
export type ParamsOf<Method extends MethodName> =
	Record<never, never> extends Params<Method>
		? readonly [params?: Params<Method>]
		: readonly [params: Params<Method>];

type KnownEvent = Untouched<z.output<(typeof notifications)["event"]["params"]>>;

export type EventType = KnownEvent["type"];

/** An event of one type. */
export type EventOf<Type extends EventType> = Extract<KnownEvent, { readonly type: Type }>;

/** A scan that is offered to this program: it has `leaseMs` to say `scan.acknowledge` or to use it. */
export type ScanOffer = Untouched<z.output<(typeof notifications)["scan.offer"]["params"]>>;
