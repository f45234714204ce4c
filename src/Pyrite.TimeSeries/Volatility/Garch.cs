using Pyrite.Checks;
using Pyrite.Operations;
using Pyrite.Volatility;

namespace Pyrite;

/// <summary>Series whose variance follows their own past: y_t = m_t + e_t with variance h_t = ω + Σ α_i e²_{t-i} + Σ β_j h_{t-j}.</summary>
/// <remarks>
/// <para>Bollerslev, "Generalized autoregressive conditional heteroskedasticity" (1986). With <c>asymmetric</c> γ, squares of negative residuals
/// count γ more
/// (Glosten, Jagannathan and Runkle 1993). With <c>degrees</c> ν, e_t is Student's t scaled to variance h_t. With <c>ar</c> φ, the mean is
/// m_t + Σ φ_i (y_{t-i} - m_{t-i}), where observations before the first are at their mean. All observations count, the first too.</para>
/// <para>Batch shape: the broadcast of the parameters without their own axes. Event shape: [steps]. Before the first step, squares and variances
/// are the first variance: the stationary ω / (1 - Σ α - Σ γ/2 - Σ β), or what is given. The recursion is one operation with its own gradient;
/// second derivatives are refused. Draws are reparameterized, a step after the other: some ten operations a step.</para>
/// </remarks>
public sealed class Garch : Distribution
{
    /// <summary>Makes the distribution.</summary>
    /// <param name="omega">ω, [..]; positive.</param>
    /// <param name="alpha">α, [.., q]; not negative; q may be 0.</param>
    /// <param name="beta">β, [.., p]; not negative; p may be 0.</param>
    /// <param name="steps">The number of observations; 1 or more.</param>
    /// <param name="mean">The mean, [.., steps], or of one element on the last axis, or a number; 0 if not given.</param>
    /// <param name="asymmetric">γ, [.., o]; none if not given. α + γ must not be negative.</param>
    /// <param name="degrees">ν, [..], above 2: Student's t in place of the Gaussian.</param>
    /// <param name="firstVariance">h of the first step, [..]; positive. The stationary variance if not given.</param>
    /// <param name="ar">φ, [.., k]: an autoregression of the mean; none if not given.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, a coefficient is negative, or the stationary variance is asked for where there is
    /// none.</exception>
    public Garch(Tensor omega, Tensor alpha, Tensor beta, int steps, Tensor? mean = null, Tensor? asymmetric = null, Tensor? degrees = null,
        Tensor? firstVariance = null, Tensor? ar = null, bool validate = true)
        : base(BatchOf(omega, alpha, beta, steps, mean, asymmetric, degrees, firstVariance, ar), [steps], validate)
    {
        Constraint share = Constraints.Independent(Constraints.NonNegative, 1);
        Omega = Declare("omega", omega, Constraints.Positive);
        Alpha = Declare("alpha", alpha, share);
        Beta = Declare("beta", beta, share);
        Level = mean is null ? 0.0 : Declare("mean", mean, Constraints.Real);
        Asymmetric = asymmetric is null ? null : Declare("asymmetric", asymmetric, Constraints.RealVector);
        Degrees = degrees is null ? null : Declare("degrees", degrees, Constraints.GreaterThan(2));
        FirstVariance = firstVariance is null ? null : Declare("firstVariance", firstVariance, Constraints.Positive);
        Ar = ar is null ? null : Declare("ar", ar, Constraints.RealVector);
        if (validate)
        {
            if (firstVariance is null)
            {
                RefusedCheck.Require(Persistence.AllWithin(new NumberRange(double.NegativeInfinity, 1, HighOpen: true)), Persistence, NotStationary);
            }
            if (asymmetric is not null)
            {
                Tensor both = asymmetric + (alpha.Shape[^1] >= asymmetric.Shape[^1] ? alpha.Slice(-1, 0, asymmetric.Shape[^1]) : alpha);
                RefusedCheck.Require(both.AllWithin(new NumberRange(0, double.PositiveInfinity)), both,
                    value => $"Garch: alpha + asymmetric, what squares of negative residuals count, must not be negative; found {value}.");
            }
        }
    }

    /// <summary>ω.</summary>
    public Tensor Omega { get; }

    /// <summary>α.</summary>
    public Tensor Alpha { get; }

    /// <summary>β.</summary>
    public Tensor Beta { get; }

    /// <summary>The mean as it was given.</summary>
    public Tensor Level { get; }

    /// <summary>γ; null for none.</summary>
    public Tensor? Asymmetric { get; }

    /// <summary>ν; null for Gaussian innovations.</summary>
    public Tensor? Degrees { get; }

    /// <summary>The variance of the first step; null for the stationary one.</summary>
    public Tensor? FirstVariance { get; }

    /// <summary>φ; null for none.</summary>
    public Tensor? Ar { get; }

    /// <summary>Σ α + Σ γ/2 + Σ β, [..]: the share of a shock to the variance that is left a step later; below 1 where there is a stationary
    /// variance.</summary>
    public Tensor Persistence => Alpha.To(DType.Float64).Sum(-1) + Beta.To(DType.Float64).Sum(-1)
        + (Asymmetric is null ? 0.0 : 0.5 * Asymmetric.To(DType.Float64).Sum(-1));

    /// <inheritdoc/>
    public override Constraint Support => Constraints.RealVector;

    /// <summary>Whether gradients flow through draws: they do.</summary>
    public override bool HasReparameterizedSample => true;

    private int Steps => EventShape[0];

    /// <summary>The variances h of a series, [.., steps], Float64, with gradients.</summary>
    /// <param name="value">The observations, [.., steps].</param>
    public Tensor Variances(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Shape batch = Shape.Broadcast(value.Shape[..^1], BatchShape);
        return VariancesOf(Residuals(value, batch), batch);
    }

    /// <summary>The expected variances of the steps after a series, [.., horizon], Float64: what a forecast of y² less its squared mean is.</summary>
    /// <param name="value">The observations, [.., steps].</param>
    /// <param name="horizon">How many steps ahead; 1 or more.</param>
    /// <remarks>Variances of the innovations; those of y itself are larger where there is an autoregression.</remarks>
    public Tensor ForecastVariances(Tensor value, int horizon)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        using NoGradient.Scope untracked = NoGradient.Begin();
        Shape batch = Shape.Broadcast(value.Shape[..^1], BatchShape);
        Tensor residuals = Residuals(value, batch), variances = VariancesOf(residuals, batch), first = variances.Slice(-1, 0, 1);
        List<Tensor> squares = [], negative = [], past = [];
        for (int t = 0; t < Steps; t++)
        {
            Tensor square = residuals.Slice(-1, t, 1).Square();
            squares.Add(square);
            negative.Add(Tensor.Where(residuals.Slice(-1, t, 1) < 0, square, 0));
            past.Add(variances.Slice(-1, t, 1));
        }
        for (int ahead = 0; ahead < horizon; ahead++)
        {
            Tensor sum = Omega.To(DType.Float64).Unsqueeze(-1);
            sum += Weighted(Alpha, squares, first) + Weighted(Beta, past, first)
                + (Asymmetric is null ? 0.0 : Weighted(Asymmetric, negative, 0.5 * first));
            squares.Add(sum);
            negative.Add(0.5 * sum);
            past.Add(sum);
        }
        return Tensor.Concat([.. past.Skip(Steps)], -1);

        static Tensor Weighted(Tensor coefficients, List<Tensor> series, Tensor before)
        {
            Tensor sum = 0.0 * before;
            for (int i = 0; i < coefficients.Shape[^1]; i++)
            {
                sum += coefficients.To(DType.Float64).Slice(-1, i, 1) * (series.Count - 1 - i >= 0 ? series[^(i + 1)] : before);
            }
            return sum;
        }
    }

    /// <summary>Draws the steps after a series.</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="value">The observations, [.., steps].</param>
    /// <param name="horizon">How many steps ahead; 1 or more.</param>
    /// <param name="sampleShape">How many draws, as axes in front; one if not given.</param>
    /// <param name="future">The mean of the steps ahead, [.., horizon], where it varies.</param>
    /// <returns>sampleShape + [.., horizon].</returns>
    /// <exception cref="ArgumentException">The mean varies and its future is not given.</exception>
    public Tensor SampleAhead(RandomKey key, Tensor value, int horizon, Shape? sampleShape = null, Tensor? future = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (future is null && Level.Rank > 0 && Level.Shape[^1] == Steps && Steps > 1)
        {
            throw new ArgumentException(
                $"Garch: a forecast of {horizon} steps was asked for, and the mean varies in time; give the mean of the steps ahead as future.",
                    nameof(future));
        }
        using NoGradient.Scope untracked = NoGradient.Begin();
        Shape batch = (sampleShape ?? Shape.Scalar) + Shape.Broadcast(value.Shape[..^1], BatchShape);
        Tensor known = value.To(DType.Float64).BroadcastTo(batch + [Steps]);
        Tensor level = Level.To(DType.Float64).Rank == 0 ? Level.To(DType.Float64).Unsqueeze(-1) : Level.To(DType.Float64);
        Tensor after = (future?.To(DType.Float64) ?? level.Slice(-1, 0, 1)).BroadcastTo(batch + [horizon]);
        return Simulate(key, batch, known - level, Residuals(known, batch), VariancesOf(Residuals(known, batch), batch), after, horizon);
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Shape batch = shape[..^1];
        Tensor first = (FirstVariance ?? (Omega / (1 - Persistence))).To(DType.Float64).BroadcastTo(batch).Unsqueeze(-1);
        Tensor level = Level.To(DType.Float64).BroadcastTo(shape);
        return Simulate(key, batch, null, null, first, level, Steps).To(DType);
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value)
    {
        Shape batch = Shape.Broadcast(value.Shape[..^1], BatchShape);
        Tensor residuals = Residuals(value, batch), scale = VariancesOf(residuals, batch).Sqrt();
        Tensor density;
        if (Degrees is null)
        {
            density = new Normal(0.0, scale, validate: false).LogProb(residuals).Sum(-1);
        }
        else
        {
            Tensor degrees = Degrees.To(DType.Float64).Unsqueeze(-1);
            density = new StudentT(degrees, 0.0, scale * ((degrees - 2) / degrees).Sqrt(), validate: false).LogProb(residuals).Sum(-1);
        }
        return density.To(value.IsWeak || !value.DType.IsFloatingPoint ? DType : value.DType);
    }

    private Tensor Residuals(Tensor value, Shape batch)
    {
        Tensor deviations = (value.To(DType.Float64) - Level.To(DType.Float64)).BroadcastTo(batch + [Steps]), residuals = deviations;
        for (int i = 1; i <= Math.Min(Ar?.Shape[^1] ?? 0, Steps - 1); i++)
        {
            Tensor earlier = Tensor.Concat([Tensor.Zeros(batch + [i], DType.Float64), deviations.Slice(-1, 0, Steps - i)], -1);
            residuals -= Ar!.To(DType.Float64).Slice(-1, i - 1, 1) * earlier;
        }
        return residuals;
    }

    private Tensor VariancesOf(Tensor residuals, Shape batch)
    {
        VarianceShape shape = new(Alpha.Shape[^1], Asymmetric?.Shape[^1] ?? 0, Beta.Shape[^1], residuals.Shape[^1], FirstVariance is not null);
        int series = checked((int)batch.Count);
        List<Tensor> parts = [Flat(Omega.To(DType.Float64).Unsqueeze(-1), 1)];
        Add(Alpha);
        Add(Asymmetric);
        Add(Beta);
        Add(FirstVariance?.To(DType.Float64).Unsqueeze(-1));
        parts.Add(Flat(residuals, residuals.Shape[^1]));
        return RowOperation<GarchVariances>.Of(new(shape), Tensor.Concat([.. parts], -1)).Reshape(batch + [residuals.Shape[^1]]);

        void Add(Tensor? part)
        {
            if (part is not null && part.Shape[^1] > 0)
            {
                parts.Add(Flat(part, part.Shape[^1]));
            }
        }

        Tensor Flat(Tensor part, int count)
        {
            Tensor wide = part.To(DType.Float64);
            return (series > 1 ? wide.BroadcastTo(batch + [count]) : wide).Reshape(series, count);
        }
    }

    /// <summary>Steps one after another: behind a series, or from a first variance.</summary>
    private Tensor Simulate(RandomKey key, Shape batch, Tensor? deviations, Tensor? residuals, Tensor variances, Tensor level, int count)
    {
        List<Tensor> past = [], shocks = [], squares = [];
        int known = residuals?.Shape[^1] ?? 0;
        Tensor first = variances.Slice(-1, 0, 1).BroadcastTo(batch + [1]);
        for (int t = 0; t < known; t++)
        {
            past.Add(deviations!.Slice(-1, t, 1));
            shocks.Add(residuals!.Slice(-1, t, 1));
            squares.Add(variances.Slice(-1, t, 1));
        }
        Tensor degrees = Degrees?.To(DType.Float64).Unsqueeze(-1) ?? 0.0;
        Tensor noise = Degrees is null ? key.Normal(batch + [count], DType.Float64)
            : new StudentT(degrees, 0.0, ((degrees - 2) / degrees).Sqrt()).Expand(batch + [count]).Sample(key);
        List<Tensor> drawn = [];
        for (int t = 0; t < count; t++)
        {
            Tensor variance = first;
            if (shocks.Count > 0)
            {
                variance = Omega.To(DType.Float64).Unsqueeze(-1) + Weighted(Alpha, lag => Past(shocks, lag)?.Square() ?? first)
                    + Weighted(Beta, lag => Past(squares, lag) ?? first)
                    + (Asymmetric is null ? 0.0 : Weighted(Asymmetric, lag => Past(shocks, lag) is { } shock
                        ? Tensor.Where(shock < 0, shock.Square(), 0) : 0.5 * first));
            }
            Tensor residual = variance.Sqrt() * noise.Slice(-1, t, 1);
            Tensor deviation = residual + (Ar is null ? 0.0 : Weighted(Ar, lag => Past(past, lag) ?? (0.0 * first)));
            past.Add(deviation);
            shocks.Add(residual);
            squares.Add(variance);
            drawn.Add(deviation + level.Slice(-1, t, 1));
        }
        return Tensor.Concat([.. drawn.Select(entry => entry.BroadcastTo(batch + [1]))], -1);

        static Tensor? Past(List<Tensor> series, int lag) => lag <= series.Count ? series[^lag] : null;

        static Tensor Weighted(Tensor coefficients, Func<int, Tensor> earlier)
        {
            Tensor sum = 0.0;
            for (int i = 0; i < coefficients.Shape[^1]; i++)
            {
                sum += coefficients.To(DType.Float64).Slice(-1, i, 1) * earlier(i + 1);
            }
            return sum;
        }
    }

    private static string NotStationary(Tensor persistence) =>
        $"Garch: the stationary variance was to be the first, but there is none: alpha + asymmetric/2 + beta sum to {persistence}, and must "
            + $"stay below 1. Give "
            + "smaller coefficients, or the first variance as firstVariance.";

    private static Shape BatchOf(Tensor omega, Tensor alpha, Tensor beta, int steps, Tensor? mean, Tensor? asymmetric, Tensor? degrees,
        Tensor? firstVariance,
        Tensor? ar)
    {
        ArgumentNullException.ThrowIfNull(omega);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        Shape batch = omega.Shape;
        foreach ((string name, Tensor? vector) in (ReadOnlySpan<(string, Tensor?)>)[(nameof(alpha), alpha), (nameof(beta), beta),
            (nameof(asymmetric), asymmetric), (nameof(ar), ar)])
        {
            if (vector is null && name is nameof(alpha) or nameof(beta))
            {
                throw new ArgumentNullException(name, $"Garch: {name} is missing; give Tensor.Zeros(0) where there are no such coefficients.");
            }
            if (vector is { Rank: 0 })
            {
                throw new ArgumentException($"Garch: {name} is a single number; it must be a vector [.., lags], such as Tensor.From([0.1]).", name);
            }
            batch = vector is null ? batch : Shape.Broadcast(batch, vector.Shape[..^1]);
        }
        if (mean is { Rank: > 0 } && mean.Shape[^1] != steps && mean.Shape[^1] != 1)
        {
            throw new ArgumentException(
                $"Garch: the mean has shape {mean.Shape}; its last axis must have {steps} elements, one a step, or a single one.", nameof(mean));
        }
        batch = degrees is null ? batch : Shape.Broadcast(batch, degrees.Shape);
        batch = firstVariance is null ? batch : Shape.Broadcast(batch, firstVariance.Shape);
        return mean is { Rank: > 0 } ? Shape.Broadcast(batch, mean.Shape[..^1]) : batch;
    }
}
