namespace Pyrite;

/// <summary>How a path of <see cref="Pathfinder"/> ended.</summary>
public enum PathStatus
{
    /// <summary>It reached a maximum.</summary>
    Converged,

    /// <summary>It stopped before a maximum; its best approximation is used.</summary>
    Stopped,

    /// <summary>It has no approximation: no start, no step, or none with a finite ELBO. Other paths are used.</summary>
    Failed,
}
