namespace Pyrite.Extensions.Distributions;

/// <summary>A family of one's own: a blend of an exponential and a Gamma law, for waiting times (Lindley, 1958).</summary>
/// <remarks>Density rate² / (1 + rate) · (1 + x) e^(-rate x). A draw chooses between the two laws, so nothing but the distribution function connects
/// it with the rate: gradients are implicit.</remarks>
internal sealed class Lindley : Distribution
{
    /// <summary>E[log(1 + x)] of the exponential law of rate 1: e E1(1), DLMF 6.2.2 and 6.11.1.</summary>
    private const double MeanLog1p = 0.5963473623231940743;

    public Lindley(Tensor rate, bool validate = true)
        : base(rate.Shape, Shape.Scalar, validate) => Rate = Declare("rate", rate, Constraints.Positive);

    public Tensor Rate { get; }

    public override Constraint Support => Constraints.NonNegative;

    public override bool HasReparameterizedSample => true;

    public override Tensor Mean => OverBatch((Rate + 2) / (Rate * (Rate + 1)));

    public override Tensor Cdf(Tensor x) => 1 - SurvivalFunction(x);

    public override Tensor SurvivalFunction(Tensor x)
    {
        Tensor inside = x.Relu();
        return (1 + (Rate * inside / (1 + Rate))) * (-Rate * inside).Exp();
    }

    /// <summary>E[log(1 + x)] has no elementary form, but cancels between two of the family.</summary>
    protected override Tensor? DivergenceTo(Distribution other) => other is Lindley to
        ? (2 * (Rate.Log() - to.Rate.Log())) - (Rate.Log1p() - to.Rate.Log1p()) + ((to.Rate - Rate) * (Rate + 2) / (Rate * (Rate + 1)))
        : null;

    /// <summary>Only of the exponential law of rate 1, whose mean of log(1 + x) is known here.</summary>
    protected override Tensor? DivergenceFrom(Distribution other) => other is Exponential { Rate: { IsWeak: true, WeakValue: 1 } }
        ? -1 - (2 * Rate.Log()) + Rate.Log1p() - MeanLog1p + Rate
        : null;

    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor exponential = -key.Child("first").Uniform(shape, DType).Log();
        Tensor another = -key.Child("second").Uniform(shape, DType).Log();
        Tensor isGamma = key.Child("part").Uniform(shape, DType) > Rate / (1 + Rate);
        return Reparameterized((exponential + Tensor.Where(isGamma, another, 0)) / Rate);
    }

    protected override Tensor LogDensity(Tensor value) => (2 * Rate.Log()) - Rate.Log1p() + value.Log1p() - (Rate * value);
}
