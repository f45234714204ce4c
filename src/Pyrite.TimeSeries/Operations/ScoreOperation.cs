using System.Numerics;
using System.Runtime.InteropServices;

namespace Pyrite.Operations;

/// <summary>The log-likelihoods of series, [series], out of the numbers of processes and data, [series, count], with first derivatives.</summary>
internal readonly record struct ScoreOperation<TScore>(TScore Score) : ITensorOperation where TScore : struct, ISeriesScore
{
    public string Name => Score.Name;

    public int? EntryRank => 0;

    /// <summary>The log-likelihoods; where gradients may be asked for, one pass finds both.</summary>
    public static Tensor Of(TScore score, Tensor numbers) => numbers.RequiresGradient
        ? Tensor.Apply(default(ScoredOperation), numbers, Tensor.Apply(new ScoreGradientOperation<TScore>(score), numbers))
        : Tensor.Apply(new ScoreOperation<TScore>(score), numbers);

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => [inputs[0][0]];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<T, double>(inputs[0]);
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = T.CreateChecked(Score.Of(numbers.Slice(i * Score.Count, Score.Count)));
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        upstream.Unsqueeze(-1) * Tensor.Apply(new ScoreGradientOperation<TScore>(Score), inputs[0]).Slice(-1, 1, Score.Count);
}

/// <summary>The log-likelihoods and behind them their gradients, [series, 1 + count].</summary>
internal readonly record struct ScoreGradientOperation<TScore>(TScore Score) : ITensorOperation where TScore : struct, ISeriesScore
{
    public string Name => Score.Name + " with its gradient";

    public int? EntryRank => 1;

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => [inputs[0][0], 1 + Score.Count];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<T, double>(inputs[0]);
        Span<double> scored = MemoryMarshal.Cast<T, double>(result);
        int count = Score.Count;
        for (int i = 0; i < numbers.Length / count; i++)
        {
            Span<double> own = scored.Slice(i * (count + 1), count + 1);
            own[0] = Score.WithGradient(numbers.Slice(i * count, count), own[1..]);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => throw SecondDerivative.Refused(Score.Name);
}
