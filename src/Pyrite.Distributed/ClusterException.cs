namespace Pyrite;

/// <summary>The ranks of a run do not work together: they differ in what they do, one has left, or a message did not come in time.</summary>
/// <remarks>There is no way to go on after it: <see cref="Cluster.Run"/> ends all ranks, and a new start goes on from the last state saved.</remarks>
public sealed class ClusterException : InvalidOperationException
{
    /// <summary>An error with its text.</summary>
    /// <param name="message">What was attempted, what was found and what to do.</param>
    /// <param name="innerException">What it comes from, or null.</param>
    public ClusterException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Whether another rank has failed and says why, so that this one only waits for the end.</summary>
    internal bool IsOfAnother { get; init; }
}
