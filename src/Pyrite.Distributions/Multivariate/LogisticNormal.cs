using Pyrite.Functions.Preimages;
using Pyrite.Supports.Conditions;

namespace Pyrite;

/// <summary>Probabilities of K categories whose stick-breaking coordinates are independent Gaussians.</summary>
/// <remarks>Batch shape: broadcast(loc, scale) without its last axis. Event shape: [K] for parameters of size K - 1. Draws are
/// reparameterized.</remarks>
public sealed class LogisticNormal : DerivedDistribution
{
    private static readonly StickBreakingTransform StickBreaking = new();

    /// <summary>Makes the distribution.</summary>
    /// <param name="loc">The means of the coordinates, [.., K - 1].</param>
    /// <param name="scale">Their standard deviations, [.., K - 1]; positive.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">A parameter violates its constraint, or shapes do not broadcast.</exception>
    public LogisticNormal(Tensor loc, Tensor scale, bool validate = true)
        : base(new TransformedDistribution(new Normal(loc, scale, validate: false).ToEvent(1), StickBreaking), validate)
    {
        Loc = Declare("loc", loc, Constraints.RealVector);
        Scale = Declare("scale", scale, scale.Rank == 0 ? Constraints.Positive : Constraints.Independent(Constraints.Positive, 1));
    }

    /// <summary>The means of the coordinates, [.., K - 1].</summary>
    public Tensor Loc { get; }

    /// <summary>Their standard deviations, [.., K - 1]; positive.</summary>
    public Tensor Scale { get; }

    internal override bool ScoresImages => true;

    internal override Distribution? Widened => new LogisticNormal(Loc.Widened, Scale.Widened, validate: false);

    /// <summary>At the border of the simplex a coordinate is infinite, and the density 0.</summary>
    protected internal override Tensor LogDensity(Tensor value)
    {
        if (value.PreimageUnder(StickBreaking) is not null)
        {
            return Underlying.LogDensity(value);
        }
        Tensor inner;
        using (NoGradient.Begin())
        {
            inner = Verdicts.AllOverLast(value > 0, 1);
        }
        Tensor density = Underlying.LogDensity(Tensor.Where(inner.Unsqueeze(-1), value, 1.0 / EventShape[0]));
        return Tensor.Where(inner, density, double.NegativeInfinity);
    }
}
