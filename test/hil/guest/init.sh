#!/bin/sh
# The first process of the guest: a system just large enough for udev and Node, the project under /project, the tests,
# and off. The console is the log; the tests report on the second serial line.
export PATH=/bin:/sbin HOME=/tmp
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts
mount -t devpts pts /dev/pts
mount -t tmpfs run /run
mount -t tmpfs -o mode=1777 tmp /tmp
ip link set lo up
modprobe -a virtio_pci 9pnet_virtio 9p
mount -t 9p -o ro,trans=virtio,version=9p2000.L,msize=512000,cache=loose project /project
modprobe -a uhid usbhid hid-generic evdev libcomposite usb_f_acm usb_f_hid usb_f_printer cdc-acm usblp
# Two buses without wires, so two devices are plugged in at once.
modprobe dummy_hcd num=2
mount -t configfs none /config
/lib/systemd/systemd-udevd --daemon
udevadm trigger --action=add --type=subsystems
udevadm trigger --action=add --type=devices
udevadm settle --timeout=20
stty -F /dev/ttyS1 raw -echo
echo "up after $(cut -d' ' -f1 /proc/uptime) s: $(uname -r), node $(node --version)"
cd /project && node test/hil/guest/guest.ts 3>/dev/ttyS1
poweroff -f
