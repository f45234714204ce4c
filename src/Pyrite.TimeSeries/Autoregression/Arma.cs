using Pyrite.Autoregression;
using Pyrite.Checks;
using Pyrite.Operations;

namespace Pyrite;

/// <summary>A stationary autoregressive moving average around a mean: y_t - m_t = Σ φ_i (y_{t-i} - m_{t-i}) + e_t + Σ θ_j e_{t-j}.</summary>
/// <remarks>
/// <para>Batch shape: the broadcast of the parameters without their own axes. Event shape: [steps]. The density is exact, with the stationary
/// distribution at the start, for all that is present. It is one operation with its own gradient: a Kalman filter of the companion form (Harvey 1989,
/// section 3.3), whose covariances are no longer computed once they have stopped changing; time is steps · max(p, q + 1)² at most. Draws are
/// reparameterized. Second derivatives are refused.</para>
/// <para>A mean that varies, such as <c>X.MatVec(b)</c>, makes a regression with ARMA errors. Seasonal factors multiply:
/// (1 - Σ φ_i B^i)(1 - Σ Φ_i B^{is}). Roots of the autoregression on or inside the unit circle are refused when the density is asked for;
/// <see cref="StationaryTransform"/> makes coefficients without them. Roots of the moving average may lie anywhere.</para>
/// </remarks>
public sealed class Arma : Distribution
{
    private readonly Tensor fullAr;
    private readonly Tensor fullMa;

    /// <summary>Makes the distribution.</summary>
    /// <param name="ar">φ, [.., p]; p may be 0.</param>
    /// <param name="ma">θ, [.., q]; q may be 0.</param>
    /// <param name="mean">The mean, [.., steps], or of one element on the last axis, or a number.</param>
    /// <param name="scale">The standard deviation of the innovations e, [..]; positive.</param>
    /// <param name="steps">The number of observations; 1 or more.</param>
    /// <param name="seasonalAr">Φ, [.., P]; none if not given.</param>
    /// <param name="seasonalMa">Θ, [.., Q]; none if not given.</param>
    /// <param name="period">s, the steps of a season; 2 or more where there are seasonal coefficients.</param>
    /// <param name="present">Which observations count, Bool [.., steps]; all if not given. Where one is missing the value may be anything.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or the scale is not positive.</exception>
    public Arma(Tensor ar, Tensor ma, Tensor mean, Tensor scale, int steps, Tensor? seasonalAr = null, Tensor? seasonalMa = null, int period = 0,
        Tensor? present = null, bool validate = true)
        : base(BatchOf(ar, ma, mean, scale, steps, seasonalAr, seasonalMa, period, present), [steps], validate)
    {
        Ar = Declare("ar", ar, Constraints.RealVector);
        Ma = Declare("ma", ma, Constraints.RealVector);
        Level = Declare("mean", mean, Constraints.Real);
        Scale = Declare("scale", scale, Constraints.Positive);
        Present = present;
        fullAr = seasonalAr is null ? ar.To(DType.Float64) : -LagPolynomial.Product(-ar,
            -Declare("seasonalAr", seasonalAr, Constraints.RealVector), period);
        fullMa = seasonalMa is null ? ma.To(DType.Float64) : LagPolynomial.Product(ma, Declare("seasonalMa", seasonalMa, Constraints.RealVector),
            period);
    }

    /// <summary>φ.</summary>
    public Tensor Ar { get; }

    /// <summary>θ.</summary>
    public Tensor Ma { get; }

    /// <summary>The mean as it was given.</summary>
    public Tensor Level { get; }

    /// <summary>The standard deviation of the innovations.</summary>
    public Tensor Scale { get; }

    /// <summary>Which observations count; all if null.</summary>
    public Tensor? Present { get; }

    /// <summary>The coefficients of all lags, seasonal factors multiplied out, [.., p + P s].</summary>
    public Tensor AllAr => fullAr;

    /// <summary>The same of the moving average, [.., q + Q s].</summary>
    public Tensor AllMa => fullMa;

    /// <inheritdoc/>
    public override Constraint Support => Constraints.RealVector;

    /// <inheritdoc/>
    public override Tensor Mean => Level.BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Variance => Autocovariance(1).BroadcastTo(BatchShape + EventShape);

    /// <summary>Whether gradients flow through draws: they do.</summary>
    public override bool HasReparameterizedSample => true;

    private int Steps => EventShape[0];

    /// <summary>The covariances of observations 0, 1, … steps apart: [.., count], Float64, without gradient.</summary>
    /// <param name="count">How many lags, 0 included; 1 or more.</param>
    /// <exception cref="ArgumentException">The autoregression is not stationary.</exception>
    public Tensor Autocovariance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using NoGradient.Scope untracked = NoGradient.Begin();
        return OfLags((ar, ma, variance) => ArmaMoments.Autocovariance(ar, ma, variance, count), count);
    }

    /// <summary>The weights ψ of the moving average of infinite order, what an innovation does to the observations 0, 1, … steps later: [.., count],
    /// Float64, without gradient.</summary>
    /// <param name="count">How many weights, of which the first is 1; 1 or more.</param>
    public Tensor ImpulseWeights(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using NoGradient.Scope untracked = NoGradient.Begin();
        return OfLags((ar, ma, _) => ArmaMoments.Weights(ar, ma, count), count);
    }

    /// <summary>The log-density of all observations but the first p, given these: a regression on earlier observations.</summary>
    /// <param name="value">The observations, [.., steps].</param>
    /// <exception cref="NotSupportedException">There is a moving average, or observations are missing.</exception>
    public Tensor ConditionalLogProb(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int order = fullAr.Shape[^1];
        if (fullMa.Shape[^1] > 0 || Present is not null || order >= Steps)
        {
            throw new NotSupportedException(
                $"Arma: a density given the first observations was asked for; it exists for autoregressions without gaps and with more "
                    + $"observations than lags. "
                    + $"Here there are {fullMa.Shape[^1]} moving-average coefficients, {order} lags and {Steps} observations"
                    + (Present is null ? "." : ", some of which may be missing.") + " LogProb gives the exact density.");
        }
        Tensor deviations = value - Level, expected = 0.0;
        for (int i = 0; i < order; i++)
        {
            expected += fullAr.Slice(-1, i, 1) * deviations.Slice(-1, order - 1 - i, Steps - order);
        }
        Tensor scale = Scale.Rank == 0 ? Scale : Scale.Unsqueeze(-1);
        return new Normal(expected, scale, validate: Validate).LogProb(deviations.Slice(-1, order, Steps - order)).Sum(-1);
    }

    /// <summary>The same process as a state space model with one output, whose filter, smoother and forecasts know of missing observations.</summary>
    /// <param name="shift">What is added to each observation, [.., rows, 1], with rows for forecasts behind the last step where it varies; the mean
    /// if
    /// not given.</param>
    /// <exception cref="ArgumentException">The autoregression is not stationary.</exception>
    public LinearGaussianStateSpace ToStateSpace(Tensor? shift = null)
    {
        int size = Math.Max(fullAr.Shape[^1], fullMa.Shape[^1] + 1);
        Tensor transition = AutoRegressive.Companion(LagPolynomial.Padded(fullAr, size));
        Tensor entry = Tensor.Concat([Tensor.Ones(fullMa.Shape[..^1] + [1], DType.Float64), LagPolynomial.Padded(fullMa, size - 1)], -1);
        Tensor noise = entry.Unsqueeze(-1) * entry.Unsqueeze(-2) * Scale.To(DType.Float64).Square().Unsqueeze(-1).Unsqueeze(-1);
        Tensor row = Tensor.From<double>([1, .. new double[size - 1]]).Unsqueeze(0);
        shift ??= Level.Rank == 0 ? Level.To(DType.Float64).Reshape(1) : Level.Unsqueeze(-1);
        return new LinearGaussianStateSpace(OverTime(transition), OverTime(noise), row, Tensor.Zeros([1, 1], DType.Float64),
            InitialState.Stationary(), Steps,
            outputShift: shift, present: Present?.Unsqueeze(-1), validate: Validate);
    }

    /// <summary>Means and covariances of what follows, given the observations.</summary>
    /// <param name="value">The observations, [.., steps].</param>
    /// <param name="horizon">How many steps ahead; 1 or more.</param>
    /// <param name="future">The mean of the steps ahead, [.., horizon], where it varies.</param>
    /// <returns>Observations have one output: [.., horizon, 1].</returns>
    /// <exception cref="ArgumentException">Shapes do not fit, the mean varies and its future is not given, or the autoregression is not
    /// stationary.</exception>
    public Forecast Forecast(Tensor value, int horizon, Tensor? future = null) => Ahead(value, horizon, future).Forecast();

    /// <summary>The distribution of what follows, given the observations.</summary>
    /// <param name="value">The observations, [.., steps].</param>
    /// <param name="horizon">How many steps ahead; 1 or more.</param>
    /// <param name="future">The mean of the steps ahead, [.., horizon], where it varies.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, the mean varies and its future is not given, or the autoregression is not
    /// stationary.</exception>
    public LinearGaussianStateSpace Ahead(Tensor value, int horizon, Tensor? future = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        Tensor? shift = null;
        if (future is not null)
        {
            Shape front = Shape.Broadcast(Level.Rank == 0 ? Shape.Scalar : Level.Shape[..^1], future.Shape[..^1]);
            shift = Tensor.Concat([Level.To(DType.Float64).BroadcastTo(front + [Steps]), future.To(DType.Float64).BroadcastTo(front + [horizon])],
                -1).Unsqueeze(-1);
        }
        else if (Level.Rank > 0 && Level.Shape[^1] == Steps && Steps > 1)
        {
            throw new ArgumentException(
                $"Arma: a forecast of {horizon} steps was asked for, and the mean varies in time; give the mean of the steps ahead as future.",
                    nameof(future));
        }
        return ToStateSpace(shift).Ahead(value.Unsqueeze(-1), horizon);
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => ToStateSpace().Expand(shape[..^1]).Sample(key).Squeeze(-1).To(DType);

    /// <summary>Missing observations may be anything.</summary>
    protected override Tensor Evaluate(Tensor value) => base.Evaluate(Present is { } present ? Tensor.Where(present, value, 0) : value);

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value)
    {
        Shape batch = Shape.Broadcast(value.Shape[..^1], BatchShape);
        ArmaShape shape = new(fullAr.Shape[^1], fullMa.Shape[^1], Steps, Present is not null);
        Tensor deviations = value.To(DType.Float64) - Level.To(DType.Float64);
        List<Tensor> parts = [];
        Add(fullAr, shape.Ar);
        Add(fullMa, shape.Ma);
        Add(Scale.To(DType.Float64).Unsqueeze(-1), 1);
        Add(deviations, Steps);
        if (Present is not null)
        {
            Add(Present, Steps);
        }
        Tensor density = ScoreOperation<ArmaScore>.Of(new(shape), Tensor.Concat([.. parts], -1)).Reshape(batch);
        if (Validate)
        {
            RefusedCheck.Require(density.AllWithin(new NumberRange(double.NegativeInfinity, double.PositiveInfinity)), fullAr,
                ArmaMoments.NotStationary);
        }
        return density.To(value.IsWeak || !value.DType.IsFloatingPoint ? DType : value.DType);

        void Add(Tensor part, int count)
        {
            if (count > 0)
            {
                Tensor wide = part.To(DType.Float64);
                parts.Add((batch.Count > 1 ? wide.BroadcastTo(batch + [count]) : wide).Reshape(checked((int)batch.Count), count));
            }
        }
    }

    private Tensor OfLags(Func<double[], double[], double, double[]> compute, int count)
    {
        Shape batch = Shape.Broadcast(Shape.Broadcast(fullAr.Shape[..^1], fullMa.Shape[..^1]), Scale.Shape);
        double[] ar = fullAr.BroadcastTo(batch + fullAr.Shape[^1..]).ToArray<double>(),
            ma = fullMa.BroadcastTo(batch + fullMa.Shape[^1..]).ToArray<double>();
        double[] scale = Scale.To(DType.Float64).BroadcastTo(batch).ToArray<double>();
        (int p, int q) = (fullAr.Shape[^1], fullMa.Shape[^1]);
        double[] all = [.. Enumerable.Range(0, scale.Length).SelectMany(
            i => compute(ar[(i * p)..((i + 1) * p)], ma[(i * q)..((i + 1) * q)], scale[i] * scale[i]))];
        return Tensor.From<double>(all, batch + [count]);
    }

    private static Tensor OverTime(Tensor matrices) => matrices.Rank > 2 ? matrices.Unsqueeze(-3) : matrices;

    private static Shape BatchOf(Tensor ar, Tensor ma, Tensor mean, Tensor scale, int steps, Tensor? seasonalAr, Tensor? seasonalMa, int period,
        Tensor? present)
    {
        ArgumentNullException.ThrowIfNull(ar);
        ArgumentNullException.ThrowIfNull(ma);
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        if (ar.Rank == 0 || ma.Rank == 0 || seasonalAr?.Rank == 0 || seasonalMa?.Rank == 0)
        {
            throw new ArgumentException(
                $"Arma: coefficients are vectors [.., p] and [.., q]; found shapes {ar.Shape} and {ma.Shape}. Give Tensor.Zeros(0) where there "
                    + $"are none.");
        }
        if ((seasonalAr is not null || seasonalMa is not null) && period < 2)
        {
            throw new ArgumentException($"Arma: there are seasonal coefficients, so a season needs a period of 2 steps or more; found {period}.",
                nameof(period));
        }
        if (mean.Rank > 0 && mean.Shape[^1] != steps && mean.Shape[^1] != 1)
        {
            throw new ArgumentException(
                $"Arma: the mean has shape {mean.Shape}; its last axis must have {steps} elements, one a step, or a single one.", nameof(mean));
        }
        if (present is not null && (present.DType != DType.Bool || present.Rank == 0 || present.Shape[^1] != steps))
        {
            throw new ArgumentException($"Arma: present is {present.DType} of shape {present.Shape}; it must be Bool and end in the {steps} "
                + $"steps.", nameof(present));
        }
        Shape batch = Shape.Broadcast(Shape.Broadcast(ar.Shape[..^1], ma.Shape[..^1]), scale.Shape);
        foreach (Tensor? part in (Tensor?[])[seasonalAr, seasonalMa, present, mean])
        {
            batch = part is { Rank: > 0 } ? Shape.Broadcast(batch, part.Shape[..^1]) : batch;
        }
        return batch;
    }
}
