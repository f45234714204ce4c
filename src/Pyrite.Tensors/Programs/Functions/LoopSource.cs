namespace Pyrite.Programs.Functions;

/// <summary>What an input of an operation in a loop is, seen over all rounds.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Place">Where it comes from: the source before the loop, or the position in a round of the operation that makes it.</param>
/// <param name="Lag">How many rounds ago that operation ran.</param>
/// <param name="IsDetached">Whether no gradient flows to it.</param>
internal readonly record struct LoopSource(LoopSource.Of Kind, int Place, int Lag, bool IsDetached)
{
    /// <summary>Kinds of inputs.</summary>
    public enum Of
    {
        /// <summary>The same tensor from before the loop in every round.</summary>
        Fixed,

        /// <summary>The result of an operation of this round, or of an earlier one.</summary>
        Made,

        /// <summary>Another tensor from before the loop in each round.</summary>
        Rows,
    }
}
