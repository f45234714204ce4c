using Pyrite.Functions;

namespace Pyrite;

/// <summary>Cholesky factors of random correlation matrices with density proportional to det(correlation)^(concentration - 1).</summary>
/// <remarks>
/// Batch shape: that of concentration. Event shape: [dim, dim]. The density is with respect to the entries below the diagonal. Draws, by the onion method,
/// are not differentiable. Lewandowski, Kurowicka and Joe, 2009.
/// </remarks>
public sealed class LKJCholesky : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="dim">The number of variables; 2 or more.</param>
    /// <param name="concentration">1 gives every correlation matrix the same density, larger values favour weak correlations; positive, 1 if not given.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">The concentration is not positive, or there are fewer than 2 variables.</exception>
    public LKJCholesky(int dim, Tensor? concentration = null, bool validate = true)
        : base((concentration ?? 1).Shape, [dim, dim], validate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dim, 2);
        Concentration = Declare("concentration", concentration ?? 1, Constraints.Positive);
    }

    /// <summary>1 gives every correlation matrix the same density, larger values favour weak correlations.</summary>
    public Tensor Concentration { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.CorrelationCholesky;

    private int Dim => EventShape[0];

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Shape batch = shape[..^2];
        Tensor[] rows = new Tensor[Dim];
        rows[0] = Row([Tensor.Ones(batch + [1], DType)], 1, batch);
        for (int i = 1; i < Dim; i++)
        {
            RandomKey own = key.Child(i);
            Tensor above = Concentration + (0.5 * (Dim - 1 - i));
            Tensor radiusSquare = new Beta(0.5 * i, above, validate: false).Draw(own.Child("radius"), batch);
            Tensor direction = own.Child("direction").Normal(batch + [i], DType);
            Tensor length = direction.Square().Sum(-1, keepDimensions: true).Sqrt();
            Tensor entries = radiusSquare.Sqrt().Unsqueeze(-1) * direction / length;
            rows[i] = Row([entries, (1 - radiusSquare).Sqrt().Unsqueeze(-1)], i + 1, batch);
        }
        return Tensor.Stack(rows, -2);
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value)
    {
        Tensor logs = value.MatrixDiagonal().Slice(-1, 1, Dim - 1).Log();
        double[] offsets = new double[Dim - 1];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = Dim - 2 - i;
        }
        Tensor exponents = (2 * (Concentration - 1)).OverEvent() + Tensor.From(offsets).To(value.DType);
        return (exponents * logs).Sum(-1) - LogNormalizer();
    }

    private Tensor Row(ReadOnlySpan<Tensor> parts, int filled, Shape batch) =>
        Tensor.Concat([.. parts, Tensor.Zeros(batch + [Dim - filled], DType)], -1);

    /// <summary>Row i of the factor, i = 1 …, is a vector in the unit ball of i dimensions whose squared length is Beta(i / 2, concentration + (dim - 1 - i) / 2).</summary>
    private Tensor LogNormalizer()
    {
        Tensor total = 0;
        for (int i = 1; i < Dim; i++)
        {
            Tensor above = Concentration + (0.5 * (Dim - 1 - i));
            total = total + above.LogBeta(0.5 * i) + ((0.5 * i * Math.Log(Math.PI)) - Special.GammaMath.LogGamma(0.5 * i));
        }
        return total;
    }
}
