namespace Pyrite;

/// <summary>Several series that depend on their own past and that of the others: y_t = c + Σ A_i y_{t-i} + N(0, Σ), from the stationary
/// distribution.</summary>
/// <remarks>Batch shape: the broadcast of the parameters without their own axes. Event shape: [steps, k]. The density is exact, that of the companion
/// form's state space (Lütkepohl, "New introduction to multiple time series analysis", 2005, section 2.1); components may be missing. Draws are
/// reparameterized.</remarks>
public sealed class VectorAutoRegression : Distribution
{
    private readonly LinearGaussianStateSpace process;

    /// <summary>Makes the distribution.</summary>
    /// <param name="coefficients">A, [.., p, k, k], the matrix of lag 1 first.</param>
    /// <param name="intercept">c, [.., k].</param>
    /// <param name="covariance">Σ, [.., k, k]; positive definite.</param>
    /// <param name="steps">The number of observations; 1 or more.</param>
    /// <param name="present">Which components of the observations count, Bool [.., steps, k]; all if not given.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, the covariance is not positive definite, or the process is not stationary.</exception>
    public VectorAutoRegression(Tensor coefficients, Tensor intercept, Tensor covariance, int steps, Tensor? present = null, bool validate = true)
        : base(BatchOf(coefficients, intercept, covariance, present), [steps, coefficients.Shape[^1]], validate)
    {
        Coefficients = Declare("coefficients", coefficients, Constraints.Independent(Constraints.Real, 3));
        Intercept = Declare("intercept", intercept, Constraints.RealVector);
        CovarianceMatrix = Declare("covariance", covariance, Constraints.PositiveDefinite);
        process = CompanionOf(coefficients.To(DType.Float64), intercept.To(DType.Float64), covariance.To(DType.Float64), steps, present, validate);
    }

    /// <summary>A.</summary>
    public Tensor Coefficients { get; }

    /// <summary>c.</summary>
    public Tensor Intercept { get; }

    /// <summary>Σ.</summary>
    public Tensor CovarianceMatrix { get; }

    /// <inheritdoc/>
    public override Constraint Support { get; } = Constraints.Independent(Constraints.Real, 2);

    /// <summary>Whether gradients flow through draws: they do.</summary>
    public override bool HasReparameterizedSample => true;

    /// <inheritdoc/>
    public override Tensor Mean => StationaryMean.Unsqueeze(-2).BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Variance => process.Variance.BroadcastTo(BatchShape + EventShape);

    /// <summary>What the series are on average, (I - Σ A_i)⁻¹ c, [.., k].</summary>
    public Tensor StationaryMean
    {
        get
        {
            Tensor matrix = Tensor.Identity(EventShape[1], DType.Float64) - Coefficients.To(DType.Float64).Sum(-3);
            Shape front = Shape.Broadcast(matrix.Shape[..^2], Intercept.Shape[..^1]);
            Tensor shift = Intercept.To(DType.Float64).BroadcastTo(front + [EventShape[1]]);
            return matrix.BroadcastTo(front + matrix.Shape[^2..]).Solve(shift.Unsqueeze(-1)).Squeeze(-1);
        }
    }

    private int Order => Coefficients.Shape[^3];

    /// <summary>The same process as a state space model, whose filter, smoother and forecasts know of missing components.</summary>
    public LinearGaussianStateSpace ToStateSpace() => process;

    /// <summary>What a unit of noise does to the series 0, 1, … steps later: ∂y_{t+j}/∂e_t, [.., count, k, k], Float64.</summary>
    /// <param name="count">How many, of which the first is the identity; 1 or more.</param>
    public Tensor ImpulseResponse(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        int k = EventShape[1];
        Shape own = Coefficients.Shape[..^3] + [k, k];
        List<Tensor> responses = [Tensor.Identity(k, DType.Float64).BroadcastTo(own)];
        for (int j = 1; j < count; j++)
        {
            Tensor sum = Tensor.Zeros(own, DType.Float64);
            for (int i = 1; i <= Math.Min(j, Order); i++)
            {
                sum += Coefficients.Select(-3, i - 1).To(DType.Float64).MatMul(responses[j - i]);
            }
            responses.Add(sum);
        }
        return Tensor.Stack([.. responses], -3);
    }

    /// <summary>The log-density of all observations but the first p, given these: a regression on earlier observations.</summary>
    /// <param name="value">The observations, [.., steps, k]; none may be missing.</param>
    /// <exception cref="NotSupportedException">Components are missing, or there are not more observations than lags.</exception>
    public Tensor ConditionalLogProb(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int steps = EventShape[0];
        if (process.Present is not null || Order >= steps)
        {
            throw new NotSupportedException(
                "VectorAutoRegression: a density given the first observations was asked for; it exists for series without gaps and with more "
                    + $"rows than lags. Here there are {steps} rows and {Order} lags. LogProb gives the exact density.");
        }
        Tensor expected = Intercept.Unsqueeze(-2);
        for (int i = 0; i < Order; i++)
        {
            expected += value.Slice(-2, Order - 1 - i, steps - Order).MatMul(Coefficients.Select(-3, i).Transpose());
        }
        Tensor covariance = CovarianceMatrix.Rank > 2 ? CovarianceMatrix.Unsqueeze(-3) : CovarianceMatrix;
        return new MultivariateNormal(expected, covarianceMatrix: covariance, validate: Validate).LogProb(value.Slice(-2, Order, steps - Order))
            .Sum(-1);
    }

    /// <summary>Means and covariances of what follows, given the observations.</summary>
    /// <param name="value">The observations, [.., steps, k].</param>
    /// <param name="horizon">How many steps ahead; 1 or more.</param>
    public Forecast Forecast(Tensor value, int horizon) => process.Forecast(value, horizon);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => process.Expand(shape[..^2]).Sample(key).To(DType);

    /// <summary>Missing components may be anything.</summary>
    protected override Tensor Evaluate(Tensor value) => process.Present is { } present ? base.Evaluate(Tensor.Where(present, value, 0))
        : base.Evaluate(value);

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => process.LogProb(value);

    /// <summary>The state space of [A_1 … A_p] over a shift of what came before.</summary>
    private static LinearGaussianStateSpace CompanionOf(Tensor coefficients, Tensor intercept, Tensor covariance, int steps, Tensor? present,
        bool validate)
    {
        (int p, int k) = (coefficients.Shape[^3], coefficients.Shape[^1]);
        int n = p * k;
        Tensor transition = Tensor.Concat([.. Enumerable.Range(0, p).Select(i => coefficients.Select(-3, i))], -1);
        if (p > 1)
        {
            Tensor shifted = Tensor.Identity(n, DType.Float64).Slice(0, 0, n - k).BroadcastTo(coefficients.Shape[..^3] + [n - k, n]);
            transition = Tensor.Concat([transition, shifted], -2);
            Tensor wide = Tensor.Concat([covariance, Tensor.Zeros(covariance.Shape[..^1] + [n - k], DType.Float64)], -1);
            covariance = Tensor.Concat([wide, Tensor.Zeros(covariance.Shape[..^2] + [n - k, n], DType.Float64)], -2);
            intercept = Tensor.Concat([intercept, Tensor.Zeros(intercept.Shape[..^1] + [n - k], DType.Float64)], -1);
        }
        return LinearGaussianStateSpace.Trusted(OverTime(transition, 2), OverTime(covariance, 2), Tensor.Identity(n, DType.Float64).Slice(0, 0, k),
            Tensor.Zeros([k, k], DType.Float64), InitialState.Stationary(), steps, present, DiffuseConvention.Limit, validate,
            OverTime(intercept, 1));
    }

    /// <summary>Parameters of a batch have an axis of time in front of their own axes.</summary>
    private static Tensor OverTime(Tensor parameter, int own) => parameter.Rank > own ? parameter.Unsqueeze(-own - 1) : parameter;

    private static Shape BatchOf(Tensor coefficients, Tensor intercept, Tensor covariance, Tensor? present)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        ArgumentNullException.ThrowIfNull(intercept);
        ArgumentNullException.ThrowIfNull(covariance);
        int k = coefficients.Rank >= 3 ? coefficients.Shape[^1] : 0;
        bool fits = k > 0 && coefficients.Shape[^3] > 0 && coefficients.Shape[^2] == k && intercept.Rank >= 1 && intercept.Shape[^1] == k
            && covariance.Rank >= 2 && covariance.Shape[^2..] == [k, k];
        if (!fits)
        {
            throw new ArgumentException(
                $"VectorAutoRegression: found coefficients of shape {coefficients.Shape}, an intercept {intercept.Shape} and a covariance "
                    + $"{covariance.Shape}; they must be [.., p, k, k], [.., k] and [.., k, k], with at least one lag and one series.",
                nameof(coefficients));
        }
        Shape batch = Shape.Broadcast(Shape.Broadcast(coefficients.Shape[..^3], intercept.Shape[..^1]), covariance.Shape[..^2]);
        return present is { Rank: > 2 } ? Shape.Broadcast(batch, present.Shape[..^2]) : batch;
    }
}
