namespace Pyrite;

/// <summary>Why a run of variational inference ended.</summary>
public enum SviStopReason
{
    /// <summary>All steps were taken; whether that was enough, <see cref="SviResult.IsStillFalling"/> tells.</summary>
    Completed,

    /// <summary>The loss no longer fell.</summary>
    Plateau,

    /// <summary>The caller cancelled.</summary>
    Cancelled,
}
