"""Every operation of the door; importing them declares them."""

from chengxin.doors.machine.operations import asking, batches, cases, reference, supplying, uses

ALL = (asking, batches, cases, reference, supplying, uses)
