namespace Pyrite;

/// <summary>A learnt shift and stretch of each coordinate: y = loc + e^(log scale) x.</summary>
public sealed class ElementwiseAffineFlow : Flow
{
    private readonly Parameter loc;
    private readonly Parameter logScale;

    /// <summary>Makes the flow.</summary>
    /// <param name="start">The shift at first, [size].</param>
    /// <param name="initialScale">The stretch of all coordinates at first.</param>
    public ElementwiseAffineFlow(Tensor start, double initialScale = 1)
        : base(start.Count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initialScale);
        loc = new Parameter(start.Reshape(-1));
        logScale = new Parameter(Tensor.Full([Size], Math.Log(initialScale), start.DType));
    }

    /// <inheritdoc/>
    public override (Tensor Y, Tensor LogChange) Forward(Tensor x) => (loc.Value + (logScale.Value.Exp() * x), logScale.Value.Sum());

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => (y - loc.Value) * (-logScale.Value).Exp();
}
