using Pyrite.Checks;
using Pyrite.Filtering;
using Pyrite.Operations;
using Pyrite.StateSpace;

namespace Pyrite;

/// <summary>Series y_t = Z x_t + d + N(0, H) of a state that moves as x_{t+1} = T x_t + c + N(0, Q): a distribution whose log-density is a Kalman
/// filter.</summary>
/// <remarks>
/// <para>Batch shape: the axes that matrices have in front of their own and of the axis of time. Event shape: [steps, outputs]. A matrix of two axes
/// holds for all steps; one of three has a row for each: Z, H and d for steps 1, 2, …; T, Q and c for the moves from step 1 to 2, from 2 to 3, …, and
/// where the start lies before the first observation, a further one in front for the move to step 1. Rows behind the last are for forecasts.
/// Batches need the axis of time, of size 1 where nothing varies: [.., 1, n, n].</para>
/// <para>The density and its gradient are one operation each, in Float64 whatever the types, with covariances in Joseph's form. Gradients for
/// symmetric matrices are symmetric: dF = Σ G dM for symmetric changes. Q, H and the first covariance may be singular; H and Q may be 0 altogether
/// as long as each observation keeps a positive variance given those before, and else the density is refused. Draws are reparameterized: gradients
/// flow through them to all matrices, for singular covariances along changes that leave them as singular as they are. Second derivatives of
/// densities and of draws are refused.</para>
/// <para>Components of an observation may be missing (<see cref="Present"/>). Diffuse starts are exact (Koopman, "Exact initial Kalman filtering and
/// smoothing for nonstationary time series models", 1997), see <see cref="DiffuseConvention"/> for the constant. Durbin and Koopman, "Time series
/// analysis by state space methods" (2012), chapters 4 to 6.</para>
/// </remarks>
public sealed class LinearGaussianStateSpace : Distribution
{
    private readonly SystemTensors system;

    /// <summary>Makes the distribution.</summary>
    /// <param name="transition">T, [n, n] or [.., moves, n, n].</param>
    /// <param name="transitionCovariance">Q, of the same form; symmetric without negative eigenvalues.</param>
    /// <param name="observation">Z, [outputs, n] or [.., steps, outputs, n].</param>
    /// <param name="observationCovariance">H, [outputs, outputs] or [.., steps, outputs, outputs]; symmetric without negative eigenvalues.</param>
    /// <param name="start">What is known of the first state.</param>
    /// <param name="steps">The number of observations; 1 or more.</param>
    /// <param name="stateShift">c, [n] or [.., moves, n]; 0 if not given.</param>
    /// <param name="outputShift">d, [outputs] or [.., steps, outputs]; 0 if not given.</param>
    /// <param name="present">Which components of the observations count, Bool [.., steps, outputs]; all if not given. Where one is missing the value
    /// may be anything, NaN included: <c>present: !y.IsNan()</c>.</param>
    /// <param name="convention">Which constant a diffuse start brings.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, a covariance is not symmetric or has negative eigenvalues, or a stationary start is
    /// asked of a transition that has none.</exception>
    public LinearGaussianStateSpace(Tensor transition, Tensor transitionCovariance, Tensor observation, Tensor observationCovariance,
        InitialState start, int steps, Tensor? stateShift = null, Tensor? outputShift = null, Tensor? present = null,
        DiffuseConvention convention = DiffuseConvention.Limit, bool validate = true)
        : this(SystemTensors.Of(transition, transitionCovariance, observation, observationCovariance, start, steps, stateShift, outputShift, present,
            convention), validate, areCovariances: false)
    {
    }

    private LinearGaussianStateSpace(SystemTensors system, bool validate, bool areCovariances)
        : base(system.Batch, [system.Shape.Steps, system.Shape.Outputs], validate)
    {
        Constraint real = Constraints.Independent(Constraints.Real, 2), covariance = areCovariances ? real : Constraints.PositiveSemidefinite;
        Transition = Declare("transition", system.Transition, real);
        TransitionCovariance = Declare("transitionCovariance", system.TransitionCovariance, covariance);
        Observation = Declare("observation", system.Observation, real);
        ObservationCovariance = Declare("observationCovariance", system.ObservationCovariance, covariance);
        StateShift = Declare("stateShift", system.StateShift, Constraints.RealVector);
        OutputShift = Declare("outputShift", system.OutputShift, Constraints.RealVector);
        Start = system.Start;
        if (Start.Mean is { } mean)
        {
            Declare("start.mean", mean, Constraints.RealVector);
        }
        if (Start.Covariance is { } spread)
        {
            Declare("start.covariance", spread, covariance);
        }
        this.system = system.Start.IsStationary ? system.WithStationaryStart() : system;
        if (Start.IsStationary && validate)
        {
            RefusedCheck.Require(this.system.StartCovariance.AllWithin(RealNumbers), Transition, SystemTensors.NotStationary);
        }
    }

    /// <summary>The distribution whose covariances are such by the way they were made, so that nobody need look at their eigenvalues.</summary>
    internal static LinearGaussianStateSpace Trusted(Tensor transition, Tensor transitionCovariance, Tensor observation, Tensor observationCovariance,
        InitialState start, int steps, Tensor? present, DiffuseConvention convention, bool validate, Tensor? stateShift = null) =>
        new(SystemTensors.Of(transition, transitionCovariance, observation, observationCovariance, start, steps, stateShift, null, present,
            convention),
            validate, areCovariances: true);

    /// <summary>T.</summary>
    public Tensor Transition { get; }

    /// <summary>Q.</summary>
    public Tensor TransitionCovariance { get; }

    /// <summary>Z.</summary>
    public Tensor Observation { get; }

    /// <summary>H.</summary>
    public Tensor ObservationCovariance { get; }

    /// <summary>c.</summary>
    public Tensor StateShift { get; }

    /// <summary>d.</summary>
    public Tensor OutputShift { get; }

    /// <summary>What is known of the first state.</summary>
    public InitialState Start { get; }

    /// <summary>Which components of the observations count; all if null.</summary>
    public Tensor? Present => system.Present;

    /// <summary>Which constant a diffuse start brings.</summary>
    public DiffuseConvention Convention => system.Shape.CountsTwoPi ? DiffuseConvention.Limit : DiffuseConvention.WithoutTwoPi;

    /// <summary>n, the length of the state.</summary>
    public int StateCount => system.Shape.States;

    /// <inheritdoc/>
    public override Constraint Support { get; } = Constraints.Independent(Constraints.Real, 2);

    /// <summary>Whether gradients flow through draws: they do; a model with a diffuse start has no draws.</summary>
    public override bool HasReparameterizedSample => !Start.IsDiffuse;

    private static NumberRange RealNumbers => new(double.NegativeInfinity, double.PositiveInfinity, LowOpen: true, HighOpen: true);

    /// <summary>The expected observations before any is seen, batch + [steps, outputs].</summary>
    /// <exception cref="InvalidOperationException">The start is diffuse.</exception>
    public override Tensor Mean => Moments().Mean;

    /// <summary>The variances of the observations before any is seen, batch + [steps, outputs].</summary>
    /// <exception cref="InvalidOperationException">The start is diffuse.</exception>
    public override Tensor Variance => Moments().Covariance.Diagonal();

    /// <summary>The states given the observations up to each step.</summary>
    /// <param name="value">The observations, [.., steps, outputs].</param>
    /// <param name="present">Which components count; <see cref="Present"/> if not given.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or an observation has no variance given those before.</exception>
    public Filtered Filter(Tensor value, Tensor? present = null) => FilterRun.Of(system, value, present).Filtered();

    /// <summary>The states given all observations.</summary>
    /// <param name="value">The observations, [.., steps, outputs].</param>
    /// <param name="present">Which components count; <see cref="Present"/> if not given.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or an observation has no variance given those before.</exception>
    /// <exception cref="InvalidOperationException">The observations leave a diffuse state without a finite variance.</exception>
    public Smoothed Smooth(Tensor value, Tensor? present = null) => FilterRun.Of(system, value, present).Smoothed();

    /// <summary>The distribution of what follows, given the observations: it can be sampled and scored as any other.</summary>
    /// <param name="value">The observations, [.., steps, outputs].</param>
    /// <param name="horizon">How many steps ahead; 1 or more.</param>
    /// <param name="present">Which components count; <see cref="Present"/> if not given.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or matrices that vary in time end before the horizon.</exception>
    /// <exception cref="InvalidOperationException">The observations leave a diffuse state without a finite variance.</exception>
    public LinearGaussianStateSpace Ahead(Tensor value, int horizon, Tensor? present = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        using NoGradient.Scope untracked = NoGradient.Begin();
        InitialState last = FilterRun.Of(system, value, present).Last();
        int moved = system.Shape.Steps - (system.Shape.StartsBefore ? 0 : 1), steps = system.Shape.Steps;
        return new LinearGaussianStateSpace(
            Later(Transition, "transition", 2, moved), Later(TransitionCovariance, "transitionCovariance", 2, moved),
            Later(Observation, "observation", 2, steps), Later(ObservationCovariance, "observationCovariance", 2, steps), last, horizon,
            Later(StateShift, "stateShift", 1, moved), Later(OutputShift, "outputShift", 1, steps), validate: false);

        Tensor Later(Tensor parameter, string name, int own, int from)
        {
            if (parameter.Rank == own || parameter.Shape[^(own + 1)] == 1)
            {
                return parameter;
            }
            int rows = parameter.Shape[^(own + 1)];
            return rows >= from + horizon ? parameter.Slice(-own - 1, from, horizon) : throw new ArgumentException(
                $"LinearGaussianStateSpace: a forecast of {horizon} steps was asked for, but {name} varies in time and has {rows} rows where "
                    + $"{from + horizon} "
                    + "are needed. Give the rows of the steps ahead too, when the model is made.");
        }
    }

    /// <summary>Means and covariances of what follows, given the observations.</summary>
    /// <param name="value">The observations, [.., steps, outputs].</param>
    /// <param name="horizon">How many steps ahead; 1 or more.</param>
    /// <param name="present">Which components count; <see cref="Present"/> if not given.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or matrices that vary in time end before the horizon.</exception>
    /// <exception cref="InvalidOperationException">The observations leave a diffuse state without a finite variance.</exception>
    public Forecast Forecast(Tensor value, int horizon, Tensor? present = null) => Ahead(value, horizon, present).Moments();

    /// <summary>Means and covariances before anything is seen; of what <see cref="Ahead"/> gives, the forecast.</summary>
    /// <exception cref="InvalidOperationException">The start is diffuse.</exception>
    public Forecast Forecast() => Moments();

    /// <summary>The covariance of all observations with each other before any is seen: batch + [steps · outputs, steps · outputs], the outputs of a
    /// step side
    /// by side.</summary>
    /// <exception cref="InvalidOperationException">The start is diffuse.</exception>
    public Tensor JointCovariance() => WithoutData().JointCovariance();

    /// <summary>Draws whole paths of the state given all observations.</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="value">The observations, [.., steps, outputs].</param>
    /// <param name="present">Which components count; <see cref="Present"/> if not given.</param>
    /// <param name="sampleShape">How many draws, as axes in front; one if not given.</param>
    /// <returns>sampleShape + [.., steps, n].</returns>
    /// <remarks>A path and a series drawn from the model, corrected by what smoothing makes of the difference (Durbin and Koopman, "A simple and
    /// efficient simulation smoother", 2002).</remarks>
    /// <exception cref="ArgumentException">Shapes do not fit, or an observation has no variance given those before.</exception>
    public Tensor SampleStates(RandomKey key, Tensor value, Tensor? present = null, Shape? sampleShape = null) =>
        FilterRun.Of(system, value, present).SampleStates(key, sampleShape ?? Shape.Scalar);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        if (Start.IsDiffuse)
        {
            throw new InvalidOperationException(
                "LinearGaussianStateSpace: series were to be drawn from a model with a diffuse start, of which there is no distribution. "
                    + "Condition on "
                    + "observations first (Ahead), or give the start a finite variance.");
        }
        return system.Draw(key, shape[..^2]).Observations.To(DType);
    }

    /// <summary>Missing observations may be anything.</summary>
    protected override Tensor Evaluate(Tensor value) => base.Evaluate(Present is { } present ? Tensor.Where(present, value, 0) : value);

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value)
    {
        Shape batch = Shape.Broadcast(value.Shape[..^2], BatchShape);
        Tensor numbers = system.WithData(value, system.Present, batch);
        Tensor density = ScoreOperation<FilterScore>.Of(new(system.Shape), numbers).Reshape(batch);
        if (Validate)
        {
            RefusedCheck.Require(density.AllWithin(new NumberRange(double.NegativeInfinity, double.PositiveInfinity)), value, _ =>
                FilterRun.NoDensity);
        }
        return density.To(value.IsWeak || !value.DType.IsFloatingPoint ? DType : value.DType);
    }

    private Forecast Moments() => WithoutData().Moments();

    private FilterRun WithoutData()
    {
        if (Start.IsDiffuse)
        {
            throw new InvalidOperationException(
                "LinearGaussianStateSpace: moments were asked of a model with a diffuse start, whose observations have none before some are "
                    + "seen. Use "
                    + "Filter, Smooth or Forecast of a series.");
        }
        return FilterRun.Of(system, Tensor.Zeros(EventShape, DType.Float64), Tensor.Full(EventShape, 0, DType.Bool));
    }
}
