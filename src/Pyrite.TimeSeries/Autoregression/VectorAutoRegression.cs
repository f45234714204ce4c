namespace Pyrite;

/// <summary>Several series that depend on their own past and that of the others: y_t = c + Σ A_i y_{t-i} + N(0, Σ), from the stationary
/// distribution.</summary>
/// <remarks>Event shape: [steps, k]. The density is exact, that of the companion form's state space (Lütkepohl, "New introduction to multiple time
/// series
/// analysis", 2005, section 2.1); components may be missing. One model, no batch.</remarks>
public sealed class VectorAutoRegression : Distribution
{
    private readonly LinearGaussianStateSpace process;

    /// <summary>Makes the distribution.</summary>
    /// <param name="coefficients">A, [p, k, k], the matrix of lag 1 first.</param>
    /// <param name="intercept">c, [k].</param>
    /// <param name="covariance">Σ, [k, k]; positive definite.</param>
    /// <param name="steps">The number of observations; 1 or more.</param>
    /// <param name="present">Which components of the observations count, Bool [.., steps, k]; all if not given.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, the covariance is not positive definite, or the process is not stationary.</exception>
    public VectorAutoRegression(Tensor coefficients, Tensor intercept, Tensor covariance, int steps, Tensor? present = null, bool validate = true)
        : base(present is { Rank: > 2 } ? present.Shape[..^2] : Shape.Scalar, [steps, SeriesOf(coefficients, intercept, covariance)], validate)
    {
        Coefficients = Declare("coefficients", coefficients, Constraints.Independent(Constraints.Real, 3));
        Intercept = Declare("intercept", intercept, Constraints.RealVector);
        CovarianceMatrix = Declare("covariance", covariance, Constraints.PositiveDefinite);
        (int p, int k) = (coefficients.Shape[0], coefficients.Shape[1]);
        int n = p * k;
        Tensor top = Tensor.Concat([.. Enumerable.Range(0, p).Select(i => coefficients.Select(0, i).To(DType.Float64))], 1);
        Tensor transition = p == 1 ? top : Tensor.Concat([top, Tensor.Identity(n, DType.Float64).Slice(0, 0, n - k)], 0);
        Tensor noise = covariance.To(DType.Float64), shift = intercept.To(DType.Float64);
        if (p > 1)
        {
            Tensor wide = Tensor.Concat([noise, Tensor.Zeros([k, n - k], DType.Float64)], 1);
            noise = Tensor.Concat([wide, Tensor.Zeros([n - k, n], DType.Float64)], 0);
            shift = Tensor.Concat([shift, Tensor.Zeros([n - k], DType.Float64)]);
        }
        process = LinearGaussianStateSpace.Trusted(transition, noise, Tensor.Identity(n, DType.Float64).Slice(0, 0, k),
            Tensor.Zeros([k, k], DType.Float64),
            InitialState.Stationary(), steps, present, DiffuseConvention.Limit, validate, shift);
    }

    /// <summary>A.</summary>
    public Tensor Coefficients { get; }

    /// <summary>c.</summary>
    public Tensor Intercept { get; }

    /// <summary>Σ.</summary>
    public Tensor CovarianceMatrix { get; }

    /// <inheritdoc/>
    public override Constraint Support { get; } = Constraints.Independent(Constraints.Real, 2);

    /// <inheritdoc/>
    public override Tensor Mean => StationaryMean.BroadcastTo(BatchShape + EventShape);

    /// <inheritdoc/>
    public override Tensor Variance => process.Variance.BroadcastTo(BatchShape + EventShape);

    /// <summary>What the series are on average, (I - Σ A_i)⁻¹ c, [k].</summary>
    public Tensor StationaryMean
    {
        get
        {
            int k = EventShape[1];
            return (Tensor.Identity(k,
                DType.Float64) - Coefficients.To(DType.Float64).Sum(0)).Solve(Intercept.To(DType.Float64).Unsqueeze(-1)).Squeeze(-1);
        }
    }

    private int Order => Coefficients.Shape[0];

    /// <summary>The same process as a state space model, whose filter, smoother and forecasts know of missing components.</summary>
    public LinearGaussianStateSpace ToStateSpace() => process;

    /// <summary>What a unit of noise does to the series 0, 1, … steps later: ∂y_{t+j}/∂e_t, [count, k, k], Float64.</summary>
    /// <param name="count">How many, of which the first is the identity; 1 or more.</param>
    public Tensor ImpulseResponse(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        List<Tensor> responses = [Tensor.Identity(EventShape[1], DType.Float64)];
        for (int j = 1; j < count; j++)
        {
            Tensor sum = Tensor.Zeros([EventShape[1], EventShape[1]], DType.Float64);
            for (int i = 1; i <= Math.Min(j, Order); i++)
            {
                sum += Coefficients.Select(0, i - 1).To(DType.Float64).MatMul(responses[j - i]);
            }
            responses.Add(sum);
        }
        return Tensor.Stack([.. responses]);
    }

    /// <summary>The log-density of all rows but the first p, given these.</summary>
    /// <param name="value">The observations, [.., steps, k].</param>
    /// <exception cref="NotSupportedException">Components may be missing, or there are no more rows than lags.</exception>
    public Tensor ConditionalLogProb(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int steps = EventShape[0];
        if (process.Present is not null || steps <= Order)
        {
            throw new NotSupportedException(
                $"VectorAutoRegression: a density given the first rows was asked for; it exists where nothing is missing and there are more "
                    + $"rows than lags. Here "
                    + $"there are {steps} rows and {Order} lags. LogProb gives the exact density.");
        }
        Tensor expected = Intercept;
        for (int i = 0; i < Order; i++)
        {
            expected += value.Slice(-2, Order - 1 - i, steps - Order).MatMul(Coefficients.Select(0, i).Transpose());
        }
        return new MultivariateNormal(expected, covarianceMatrix: CovarianceMatrix,
            validate: Validate).LogProb(value.Slice(-2, Order, steps - Order)).Sum(-1);
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

    private static int SeriesOf(Tensor coefficients, Tensor intercept, Tensor covariance)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        ArgumentNullException.ThrowIfNull(intercept);
        ArgumentNullException.ThrowIfNull(covariance);
        int k = coefficients.Rank == 3 ? coefficients.Shape[1] : 0;
        return k > 0 && coefficients.Shape[0] > 0 && coefficients.Shape[2] == k && intercept.Shape == [k] && covariance.Shape == [k, k] ? k
            : throw new ArgumentException(
                $"VectorAutoRegression: found coefficients of shape {coefficients.Shape}, an intercept {intercept.Shape} and a covariance "
                    + $"{covariance.Shape}; they "
                    + "must be [p, k, k], [k] and [k, k], with at least one lag and one series.", nameof(coefficients));
    }
}
