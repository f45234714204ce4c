namespace Pyrite.Extensions.Distributions;

/// <summary>A family of one's own: a blend of an exponential and a Gamma law, for waiting times (Lindley, 1958).</summary>
/// <remarks>Density rate² / (1 + rate) · (1 + x) e^(-rate x). A draw chooses between the two laws, so nothing but the distribution function connects
/// it with the rate: gradients are implicit.</remarks>
internal sealed class Lindley : Distribution
{
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

    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor exponential = -key.Child("first").Uniform(shape, DType).Log();
        Tensor another = -key.Child("second").Uniform(shape, DType).Log();
        Tensor isGamma = key.Child("part").Uniform(shape, DType) > Rate / (1 + Rate);
        return Reparameterized((exponential + Tensor.Where(isGamma, another, 0)) / Rate);
    }

    protected override Tensor LogDensity(Tensor value) => (2 * Rate.Log()) - Rate.Log1p() + value.Log1p() - (Rate * value);
}
