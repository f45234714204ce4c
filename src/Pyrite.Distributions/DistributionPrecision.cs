using Pyrite.Functions;
using Pyrite.Functions.Preimages;

namespace Pyrite;

public abstract partial class Distribution
{
    /// <summary>The same distribution with its Float32 parameters in Float64; null where there is nothing to compute with them.</summary>
    internal virtual Distribution? Widened => null;

    /// <summary>The score of a possible value whose probability may be 0 because a chance or a rate is 0 or 1, with slopes that are numbers; null
    /// where logarithms have all slopes.</summary>
    internal virtual BorderScore? ScoreBesideZero(Tensor value) => null;

    /// <summary>The same for any value.</summary>
    internal BorderScore? ScoreAnywhereBesideZero(Tensor value)
    {
        // Only counts and categories have chances.
        if (!Support.IsDiscrete)
        {
            return null;
        }
        value = value.IsWeak ? value.To(DType) : value;
        Tensor inside = Support.Check(value.Detach());
        return ScoreBesideZero(Tensor.Where(Support.SpreadOverEvent(inside), value, Support.InteriorPoint(value))) is { } score
            ? new BorderScore(Tensor.Where(inside, score.Score, double.NegativeInfinity), Tensor.Where(inside, score.Rise, 0),
                Tensor.Where(inside, score.Distance, 1))
            : null;
    }

    /// <summary>Whether the formula of the density keeps its digits in Float32, so that Float64 would only cost time.</summary>
    internal virtual bool ScoresNarrow => false;

    /// <summary>The log-density of a value inside the support, as <see cref="LogDensity"/>, computed in Float64 where Float32 would lose
    /// digits.</summary>
    /// <remarks>
    /// Most densities are sums of terms that grow with the parameters and nearly cancel, so that rounding each to Float32 leaves few digits of the
    /// score and none of its gradient. Their operations are computed in double precision in any case, so that the conversions are all it costs.
    /// </remarks>
    internal Tensor DensityOf(Tensor value)
    {
        if (ScoresNarrow || !(value.IsNarrow || HasNarrowParameters) || Widened is not { } wide)
        {
            return LogDensity(value.IsWeak && GivenType is not null ? value.To(DType) : value);
        }
        bool isWide = (value.DType == DType.Float64 && !value.IsWeak) || GivenType == DType.Float64;
        Tensor density = wide.LogDensity(value.IsWeak ? value.To(DType.Float64) : value.Widened);
        return isWide ? density : density.To(DType.Float32);
    }

    /// <summary>Whether parameters are tensors of Float32.</summary>
    private protected bool HasNarrowParameters => parameterCount switch
    {
        1 => first.Value.IsNarrow,
        2 => first.Value.IsNarrow || second.Value.IsNarrow,
        _ => GivenType == DType.Float32,
    };
}
