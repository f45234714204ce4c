using Pyrite.Components;

namespace Pyrite;

/// <summary>A series that is the sum of parts: <c>new LocalLinearTrend(a, b) + new Seasonal(12, c) + new ObservationNoise(d)</c>.</summary>
/// <remarks>Harvey, "Forecasting, structural time series models and the Kalman filter" (1989), chapter 2.</remarks>
public sealed class StateSpaceComponents
{
    internal StateSpaceComponents(IReadOnlyList<StateSpaceComponent> components) => Components = components;

    /// <summary>The parts, in the order of their states.</summary>
    public IReadOnlyList<StateSpaceComponent> Components { get; }

    /// <summary>How many states all parts have together.</summary>
    public int StateCount => Components.Sum(component => component.StateCount);

    /// <summary>The sum with one part more.</summary>
    /// <param name="sum">A sum.</param>
    /// <param name="component">A further part.</param>
    public static StateSpaceComponents operator +(StateSpaceComponents sum, StateSpaceComponent component) => Add(sum, component);

    /// <summary>The sum with one part more.</summary>
    /// <param name="sum">A sum.</param>
    /// <param name="component">A further part.</param>
    public static StateSpaceComponents Add(StateSpaceComponents sum, StateSpaceComponent component)
    {
        ArgumentNullException.ThrowIfNull(sum);
        ArgumentNullException.ThrowIfNull(component);
        return new StateSpaceComponents([.. sum.Components, component]);
    }

    /// <summary>The distribution of a series of one output.</summary>
    /// <param name="steps">The number of observations; 1 or more.</param>
    /// <param name="present">Which observations count, Bool [.., steps] or [.., steps, 1]; all if not given.</param>
    /// <param name="convention">Which constant a diffuse start brings.</param>
    /// <param name="validate">Whether values are checked.</param>
    /// <returns>Event shape [steps, 1]; states in the order of the parts.</returns>
    /// <exception cref="ArgumentException">Parts have scales whose batches do not fit, a regression has fewer rows than steps, or no part has a
    /// state.</exception>
    public LinearGaussianStateSpace ToStateSpace(int steps, Tensor? present = null, DiffuseConvention convention = DiffuseConvention.Limit,
        bool validate = true)
    {
        ComponentParts[] all = [.. Components.Select(component => component.Parts)], parts = [.. all.Where(part => part.Diffuse.Length > 0)];
        if (parts.Length == 0)
        {
            throw new ArgumentException("A series was to be made of observation noise alone; add a part that has a state, such as LocalLevel.");
        }
        Tensor variance = all.Select(part => part.ObservationVariance).OfType<Tensor>().Aggregate(Tensor.Zeros([], DType.Float64), (sum, next) =>
            sum + next);
        int rows = parts.Max(part => part.Row.Rank == 1 ? 1 : part.Row.Shape[0]);
        Tensor observation = Tensor.Concat(
            [.. parts.Select(part => (rows == 1 ? part.Row : part.Row.BroadcastTo([rows, part.Row.Shape[^1]])).To(DType.Float64))], -1);
        if (present is not null && present.Rank > 0 && present.Shape[^1] == steps && (present.Rank == 1 || present.Shape[^1] != 1))
        {
            present = present.Unsqueeze(-1);
        }
        bool[] diffuse = [.. parts.SelectMany(part => part.Diffuse)];
        Tensor mean = Joined([.. parts.Select(part => part.Mean)]), covariance = ComponentParts.Blocks([.. parts.Select(part => part.Covariance)]);
        InitialState start = diffuse.Contains(true) ? InitialState.Diffuse(diffuse, mean, covariance) : InitialState.Normal(mean, covariance);
        return LinearGaussianStateSpace.Trusted(OverTime(ComponentParts.Blocks([.. parts.Select(part => part.Transition)])),
            OverTime(ComponentParts.Blocks([.. parts.Select(part => part.Noise)])), rows == 1 ? observation.Unsqueeze(0) : observation.Unsqueeze(-2),
            OverTime(variance.Unsqueeze(-1).Unsqueeze(-1)), start, steps, present, convention, validate);
    }

    /// <summary>What a part contributes to the series at each step, given the whole series.</summary>
    /// <param name="smoothed">What the model's <c>Smooth</c> gave.</param>
    /// <param name="component">Which part, counted from 0 in the order of <see cref="Components"/>.</param>
    /// <returns>Mean and variance, [.., steps] each.</returns>
    /// <exception cref="ArgumentException">There is no such part, or it has no state, or the states are those of another model.</exception>
    public (Tensor Mean, Tensor Variance) Contribution(Smoothed smoothed, int component)
    {
        ArgumentNullException.ThrowIfNull(smoothed);
        ArgumentOutOfRangeException.ThrowIfNegative(component);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(component, Components.Count);
        int count = Components[component].StateCount, first = Components.Take(component).Sum(part => part.StateCount),
            steps = smoothed.Mean.Shape[^2];
        if (count == 0 || smoothed.Mean.Shape[^1] != StateCount)
        {
            throw new ArgumentException(
                $"The contribution of part {component}, {Components[component].GetType().Name}, was asked for: it has {count} states of "
                    + $"{StateCount}, and the "
                    + $"smoothed states number {smoothed.Mean.Shape[^1]}. Ask for a part with states, of the model that was smoothed.",
                        nameof(component));
        }
        Tensor row = Components[component].Parts.Row.To(DType.Float64);
        row = row.Rank > 1 && row.Shape[0] > steps ? row.Slice(0, 0, steps) : row;
        Tensor spread = smoothed.Covariance.Slice(-1, first, count).Slice(-2, first, count);
        return ((smoothed.Mean.Slice(-1, first, count) * row).Sum(-1), ((spread * row.Unsqueeze(-2)).Sum(-1) * row).Sum(-1));
    }

    private static Tensor Joined(Tensor[] vectors)
    {
        Shape batch = vectors.Aggregate(Shape.Scalar, (shape, vector) => Shape.Broadcast(shape, vector.Shape[..^1]));
        return Tensor.Concat([.. vectors.Select(vector => vector.To(DType.Float64).BroadcastTo(batch + [vector.Shape[^1]]))], -1);
    }

    /// <summary>A batch of matrices with the axis of time behind it.</summary>
    private static Tensor OverTime(Tensor matrices) => matrices.Rank > 2 ? matrices.Unsqueeze(-3) : matrices;
}
