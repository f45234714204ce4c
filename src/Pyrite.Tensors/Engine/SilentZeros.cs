using System.Numerics.Tensors;

namespace Pyrite.Engine;

/// <summary>Gradient rules behind a mask: where the upstream gradient is 0 because an entry was left out, the gradient of the inputs is 0 as well,
/// whatever numbers stand there.</summary>
/// <remarks>
/// A rule multiplies the upstream gradient with what it needs of the inputs, and 0 · NaN is NaN, so that one missing number in a row that does not
/// count would spoil the gradients of all parameters. A backward pass switches this on for the operations before a mask (<see cref="ISilencer"/>),
/// and for no other, so that a pass without masks costs nothing. What is wrong in an entry that counts stays to be seen: its value is NaN, and so is
/// the gradient that comes down to it.
/// </remarks>
internal static class SilentZeros
{
    // Programs without masks do not pay for a look at the thread's memory.
    private static volatile bool wasUsed;

    [ThreadStatic]
    private static bool isOn;

    /// <summary>Whether the upstream gradient of the rule at work comes from a mask.</summary>
    public static bool IsOn => wasUsed && isOn;

    /// <summary>Switches the rule on or off for what follows on this thread.</summary>
    /// <returns>What was before.</returns>
    public static bool Switch(bool on)
    {
        bool before = isOn;
        wasUsed |= on;
        isOn = on;
        return before;
    }

    /// <summary>A gradient, exactly 0 in the entries whose upstream gradient is 0 throughout.</summary>
    /// <param name="gradient">Starts with the axes of the entries; returned as it is where it does not.</param>
    /// <param name="upstream">The entries' axes, followed by those of an entry.</param>
    /// <param name="entryRank">How many axes an entry has.</param>
    public static Tensor Keep(Tensor gradient, Tensor upstream, int entryRank)
    {
        int batch = upstream.Rank - entryRank;
        if (ReferenceEquals(gradient, upstream) || gradient.Rank < batch || gradient.Shape[..batch] != upstream.Shape[..batch])
        {
            return gradient;
        }
        Tensor weights = entryRank == 0 ? upstream : upstream.Abs().Sum([.. Enumerable.Range(batch, entryRank)]);
        return WhereOperation.Nonzero(gradient,
            gradient.Rank == batch ? weights : weights.Reshape([.. upstream.Shape[..batch], .. Enumerable.Repeat(1, gradient.Rank - batch)]));
    }

    /// <summary>The same for an operation on the lanes of [outer, lane, inner].</summary>
    public static Tensor KeepLanes(Tensor gradient, Tensor upstream) => WhereOperation.Nonzero(gradient, Weights(upstream, 1));

    /// <summary>The same for a result whose entries all depend on the input: 0 where the upstream gradient is 0 throughout.</summary>
    public static Tensor KeepWhole(Tensor gradient, Tensor upstream) => WhereOperation.Nonzero(gradient, upstream.Abs().Sum());

    /// <summary>A factor of a product with the upstream gradient, 0 in the rows that meet nothing but zeros.</summary>
    /// <param name="factor">[.., n, k].</param>
    /// <param name="upstream">[.., n, m]; may have more axes in front.</param>
    public static Tensor Rows(Tensor factor, Tensor upstream) =>
        WhereOperation.Nonzero(factor, Weights(upstream, -1).SumTo([.. factor.Shape[..^1], 1]));

    /// <summary>The same for the columns of a factor [.., k, n] and an upstream gradient [.., m, n].</summary>
    public static Tensor Columns(Tensor factor, Tensor upstream) =>
        WhereOperation.Nonzero(factor, Weights(upstream, -2).SumTo([.. factor.Shape[..^2], 1, factor.Shape[^1]]));

    /// <summary>The same for the entries of the first axis.</summary>
    public static Tensor Entries(Tensor factor, Tensor upstream) =>
        WhereOperation.Nonzero(factor,
            Weights(upstream.Reshape(upstream.Shape[0], -1), 1).Reshape([factor.Shape[0], .. Enumerable.Repeat(1, factor.Rank - 1)]));

    /// <summary>Whether 0 times a number is 0 for all numbers of a tensor: known of C# numbers, and of constants where looking is no read of a step's
    /// results.</summary>
    public static bool IsHarmless(Tensor x)
    {
        if (x.IsWeak)
        {
            return double.IsFinite(x.WeakValue);
        }
        IStepRecorder? recorder = StepScope.Watching;

        // What a later step has in its place may be other numbers; a recording that is kept as a function keeps the tensor, too.
        if (x.RequiresGradient || x.Recorder is not null || !x.HasMemory || recorder is { KeepsOutsideTensors: false })
        {
            return false;
        }
        return x.DType switch
        {
            DType.Float32 => TensorPrimitives.IsFiniteAll(x.Read<float>()),
            DType.Float64 => TensorPrimitives.IsFiniteAll(x.Read<double>()),
            _ => true,
        };
    }

    private static Tensor Weights(Tensor upstream, int axis) => upstream.Abs().Sum(axis, keepDimensions: true);
}
