namespace Pyrite.Inference.Guides;

/// <summary>A Gaussian wound around the circle: what automatic guides know of an angle, in [-π, π).</summary>
/// <remarks>Scales above 6 count as 6, where the density is level to eight digits. Mardia and Jupp, "Directional Statistics", 2000, section
/// 3.5.7.</remarks>
/// <param name="loc">The mean direction; turns of it do not matter.</param>
/// <param name="scale">The standard deviation of the Gaussian.</param>
internal sealed class WrappedNormal(Tensor loc, Tensor scale) : Distribution(Shape.Broadcast(loc.Shape, scale.Shape), Shape.Scalar, validate: false)
{
    private const double LargestScale = 6;

    // Six turns to each side are more than six of the largest scales.
    private static readonly Tensor Turns = Tensor.From([.. Enumerable.Range(-6, 13).Select(turn => 2 * Math.PI * turn)]).Keep();

    private readonly Tensor spread = Tensor.Minimum(scale, LargestScale);

    public override bool IsCircular => true;

    public override Constraint Support => Constraints.Angle;

    public override bool HasReparameterizedSample => true;

    public override DType DType => loc.DType;

    /// <summary>The logarithm of the chance that, of all numbers that are the same angle, a Gaussian gives this one.</summary>
    public static Tensor LogShare(Tensor number, Tensor loc, Tensor scale)
    {
        Tensor spread = Tensor.Minimum(scale, LargestScale);
        return (-0.5 * ((number - loc) / spread).Square()) - LogTurns((number - loc).WrapAngle(), spread);
    }

    protected override Tensor Draw(RandomKey key, Shape shape) => (loc + (spread * key.Normal(shape, DType))).WrapAngle();

    protected override Tensor LogDensity(Tensor value) =>
        LogTurns((value - loc).WrapAngle(), spread) - spread.Log() - (0.5 * Math.Log(2 * Math.PI));

    /// <summary>log Σ exp(-½ ((angle + 2πk) / spread)²).</summary>
    private static Tensor LogTurns(Tensor angle, Tensor spread) =>
        (-0.5 * ((angle.Unsqueeze(-1) + Turns.To(angle.DType)) / spread.Unsqueeze(-1)).Square()).LogSumExp(-1);
}
