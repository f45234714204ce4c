namespace Pyrite;

/// <summary>How a part of an <see cref="ExecutionPlan"/> runs.</summary>
public enum PlanPartKind
{
    /// <summary>Single numbers, in registers.</summary>
    Numbers,

    /// <summary>Element-wise work, sums and checks in one loop over arrays of one length: each array is read and written once.</summary>
    Loop,

    /// <summary>Images of a batch, a few at a time, through several operations while they are in the cache.</summary>
    Batch,

    /// <summary>One operation by its kernel, as in eager execution.</summary>
    Kernel,
}
