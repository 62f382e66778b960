"""Every operation of the door; importing them declares them."""

from chengxin.doors.machine.operations import asking, batches, cases, recalls, reference, supplying, uses

ALL = (asking, batches, cases, recalls, reference, supplying, uses)
