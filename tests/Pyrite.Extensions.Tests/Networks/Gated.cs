namespace Pyrite.Extensions.Networks;

/// <summary>A layer of one's own: x · weightᵀ, each output let through by a gate that is learnt with it.</summary>
internal sealed class Gated : Layer
{
    private readonly Linear _gate;

    public Gated(int inFeatures, int outFeatures)
    {
        Weight = AddParameter("weight", [outFeatures, inFeatures], Initializer.FanInUniform(inFeatures));
        _gate = new Linear(inFeatures, outFeatures);
    }

    public Parameter Weight { get; }

    /// <param name="x">[.., in].</param>
    /// <returns>[.., out].</returns>
    public override Tensor Forward(Tensor x) => x.Linear(Weight) * _gate.Forward(x).Sigmoid();
}
