using Pyrite.Functions;
using Pyrite.Functions.Matrices;
using Pyrite.Functions.Preimages;
using Pyrite.Functions.Sampling;

namespace Pyrite;

/// <summary>Cholesky factors of random correlation matrices with density proportional to det(correlation)^(concentration - 1).</summary>
/// <remarks>
/// Batch shape: that of concentration. Event shape: [dim, dim]. The density is with respect to the entries below the diagonal. Draws, by the onion
/// method, are reparameterized, implicitly. Lewandowski, Kurowicka and Joe, 2009.
/// </remarks>
public sealed class LKJCholesky : Distribution
{
    private const double SeriesFrom = 30;

    /// <summary>Makes the distribution.</summary>
    /// <param name="dim">The number of variables; 2 or more.</param>
    /// <param name="concentration">1 gives every correlation matrix the same density, larger values favour weak correlations; positive, 1 if not
    /// given.</param>
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

    internal override bool ScoresImages => true;

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    private int Dim => EventShape[0];

    /// <inheritdoc/>
    public override Tensor Mean => HasNarrowParameters ? Widened!.Mean.To(DType)
        : Tensor.Where(Triangles.Masks(Dim).Diagonal, MeanDiagonal(Bend).Unsqueeze(-1), 0).BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Variance
    {
        get
        {
            if (HasNarrowParameters)
            {
                return Widened!.Variance.To(DType);
            }
            (Tensor above, Tensor diagonal) = Triangles.Masks(Dim);
            (Tensor one, Tensor zero) = DiagonalSquares;
            Tensor below = 0.5 / (one + zero);
            Tensor onDiagonal = MeanDiagonal(Bend).Square() * Bend.Expm1();
            return Tensor.Where(above, 0, Tensor.Where(diagonal, onDiagonal.Unsqueeze(-1), below.Unsqueeze(-1))).BroadcastTo(BatchShape + EventShape);
        }
    }

    /// <summary>E[log L] of the diagonal, batch + [dim].</summary>
    internal Tensor ExpectedLogDiagonal
    {
        get
        {
            (Tensor one, Tensor zero) = DiagonalSquares;
            return 0.5 * (one.Digamma() - (one + zero).Digamma());
        }
    }

    /// <summary>Squares of the diagonal entries are Beta variables; in the first row, where the entry is 1, the second parameter is 0.</summary>
    private (Tensor One, Tensor Zero) DiagonalSquares
    {
        get
        {
            Tensor rows = Tensor.Range(Dim).To(DType);
            return (Concentration.OverEvent() + (0.5 * (Dim - 1 - rows)), 0.5 * rows);
        }
    }

    /// <inheritdoc/>
    public override Tensor Entropy() =>
        HasNarrowParameters ? Widened!.Entropy().To(DType) : OverBatch(-ScoreOfLogDiagonal(ExpectedLogDiagonal));

    internal override Distribution? Widened => new LKJCholesky(EventShape[0], Concentration.Widened, validate: false);

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

            // Of small concentrations the rest of the radius is too small for a difference from 1.
            Tensor rest = radiusSquare.LogOdds is { } logOdds ? (0.5 * (-logOdds).LogSigmoid()).ExpInRange() : (1 - radiusSquare).Sqrt();
            rows[i] = Row([entries, rest.Unsqueeze(-1)], i + 1, batch);
        }
        return Tensor.Stack(rows, -2);
    }

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => ScoreOfLogDiagonal(value.LogDiagonal());

    /// <summary>The log-density, which depends on the logarithms of the diagonal alone.</summary>
    internal Tensor ScoreOfLogDiagonal(Tensor logDiagonal)
    {
        Tensor logs = logDiagonal.Slice(-1, 1, Dim - 1);
        double[] offsets = new double[Dim - 1];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = Dim - 2 - i;
        }
        Tensor exponents = (2 * (Concentration - 1)).OverEvent() + Tensor.From(offsets).To(logs.DType);
        return (exponents * logs).Sum(-1) - LogNormalizer();
    }

    /// <summary>log(E[L²] / E[L]²) of the diagonal, batch + [dim].</summary>
    /// <remarks>With δ(a) = log Γ(a + 1/2) - log Γ(a) it is log(a / (a + b)) - 2 δ(a) + 2 δ(a + b); for large a what is left of δ(a) after half of
    /// log a is the series -1/(8a) + 1/(192a³) - 1/(640a⁵) + 17/(14336a⁷) (Tricomi and Erdélyi 1951).</remarks>
    private Tensor Bend
    {
        get
        {
            (Tensor one, Tensor zero) = DiagonalSquares;
            Tensor isLarge = one.Detach() > SeriesFrom;
            Tensor a = Tensor.Where(isLarge, one, SeriesFrom), c = a + zero;
            Tensor Power(int exponent) => a.Pow(-exponent) - c.Pow(-exponent);
            Tensor series = (0.25 * zero / (a * c)) - (Power(3) / 96) + (Power(5) / 320) - (17 * Power(7) / 7168);
            Tensor b = Tensor.Where(isLarge, 1, one), d = b + zero;
            Tensor direct = b.Log() - d.Log() - (2 * ((b + 0.5).LogGamma() - b.LogGamma() + d.LogGamma() - (d + 0.5).LogGamma()));
            return Tensor.Where(isLarge, series, direct);
        }
    }

    /// <summary>E[L] of the diagonal, batch + [dim].</summary>
    private Tensor MeanDiagonal(Tensor bend)
    {
        (Tensor one, Tensor zero) = DiagonalSquares;
        return (0.5 * (-(zero / one).Log1p() - bend)).Exp();
    }

    private Tensor Row(ReadOnlySpan<Tensor> parts, int filled, Shape batch) =>
        Tensor.Concat([.. parts, Tensor.Zeros(batch + [Dim - filled], DType)], -1);

    /// <summary>Row i of the factor, i = 1 …, is a vector in the unit ball of i dimensions whose squared length is Beta(i / 2, concentration + (dim -
    /// 1 - i) / 2).</summary>
    private Tensor LogNormalizer()
    {
        Tensor total = 0;
        for (int i = 1; i < Dim; i++)
        {
            Tensor above = Concentration + (0.5 * (Dim - 1 - i));
            total = total + above.LogBeta(0.5 * i) + ((0.5 * i * Math.Log(Math.PI)) - SpecialFunctions.LogGamma(0.5 * i));
        }
        return total;
    }
}
