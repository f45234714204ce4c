namespace Pyrite;

/// <summary>Partial autocorrelations, each between -1 and 1, to the coefficients of a stationary autoregression: one to one, and onto all of
/// them.</summary>
/// <remarks>The recursion of Durbin and Levinson (Barndorff-Nielsen and Schou, "On the parametrization of autoregressive models by partial
/// autocorrelations", 1973; Monahan 1984). Values are vectors [.., p]. As a prior of coefficients:
/// <c>new TransformedDistribution(new Uniform(-Tensor.Ones(p), 1).ToEvent(1), new StationaryTransform())</c>, or draw partial autocorrelations and
/// call <see cref="Forward"/>.</remarks>
public sealed class StationaryTransform : Transform
{
    /// <inheritdoc/>
    public override Constraint Domain { get; } = Constraints.Independent(Constraints.Interval(-1, 1), 1);

    /// <inheritdoc/>
    public override Constraint Codomain { get; } = new StationaryCoefficients();

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor coefficients = x.Slice(-1, 0, 1);
        for (int k = 1; k < x.Shape[^1]; k++)
        {
            Tensor next = x.Slice(-1, k, 1);
            coefficients = Tensor.Concat([coefficients - (next * Reversed(coefficients)), next], -1);
        }
        return coefficients;
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        ArgumentNullException.ThrowIfNull(y);
        List<Tensor> partial = [];
        Tensor coefficients = y;
        for (int k = y.Shape[^1] - 1; k >= 0; k--)
        {
            Tensor last = coefficients.Slice(-1, k, 1);
            partial.Insert(0, last);
            if (k > 0)
            {
                Tensor earlier = coefficients.Slice(-1, 0, k);
                coefficients = (earlier + (last * Reversed(earlier))) / (1 - last.Square());
            }
        }
        return Tensor.Concat([.. partial], -1);
    }

    /// <summary>log |det|: step k multiplies by 1 - r_k ⌈(k-1)/2⌉ times and by 1 + r_k ⌊(k-1)/2⌋ times.</summary>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(x);
        double[] minus = [.. Enumerable.Range(0, x.Shape[^1]).Select(k => (double)((k + 1) / 2))];
        double[] plus = [.. Enumerable.Range(0, x.Shape[^1]).Select(k => (double)(k / 2))];
        return ((Tensor.From(minus) * (-x).Log1p()) + (Tensor.From(plus) * x.Log1p())).Sum(-1).To(x.IsWeak ? Precision.Default : x.DType);
    }

    private static Tensor Reversed(Tensor vector) =>
        Tensor.Concat([.. Enumerable.Range(0, vector.Shape[^1]).Reverse().Select(i => vector.Slice(-1, i, 1))], -1);

    /// <summary>Coefficients whose partial autocorrelations all lie between -1 and 1.</summary>
    private sealed class StationaryCoefficients() : Constraint("stationary", "coefficients of a stationary autoregression", 1)
    {
        public override Transform Bijection => new ComposedTransform(new TanhTransform(), new StationaryTransform());

        public override Tensor Check(Tensor value) =>
            ((new StationaryTransform().Inverse(value).Abs() < 1).To(DType.Float64).Sum(-1)).EqualTo(value.Shape[^1]);

        protected override Tensor InteriorPoint(Tensor value) => 0;
    }
}
