using Pyrite.Filtering;
using Pyrite.Operations;

namespace Pyrite.StateSpace;

/// <summary>The tensors of a linear Gaussian system, checked to fit each other, and their numbers side by side as operations take them.</summary>
internal sealed record SystemTensors
{
    public required SystemShape Shape { get; init; }

    public required Shape Batch { get; init; }

    public required Tensor Transition { get; init; }

    public required Tensor TransitionCovariance { get; init; }

    public required Tensor Observation { get; init; }

    public required Tensor ObservationCovariance { get; init; }

    public required Tensor StateShift { get; init; }

    public required Tensor OutputShift { get; init; }

    public required InitialState Start { get; init; }

    public required Tensor StartMean { get; init; }

    public required Tensor StartCovariance { get; init; }

    public Tensor? Present { get; init; }

    public static SystemTensors Of(Tensor transition, Tensor transitionCovariance, Tensor observation, Tensor observationCovariance,
        InitialState start,
        int steps, Tensor? stateShift, Tensor? outputShift, Tensor? present, DiffuseConvention convention)
    {
        ArgumentNullException.ThrowIfNull(transition);
        ArgumentNullException.ThrowIfNull(transitionCovariance);
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(observationCovariance);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        int n = transition.Rank < 2 ? 0 : transition.Shape[^1], p = observation.Rank < 2 ? 0 : observation.Shape[^2];
        DType type = transition.DType.IsFloatingPoint ? transition.DType : DType.Float64;
        stateShift ??= Tensor.Zeros([n], type);
        outputShift ??= Tensor.Zeros([p], type);
        Tensor mean = start.Mean ?? Tensor.Zeros([n], DType.Float64), covariance = start.Covariance ?? Tensor.Zeros([n, n], DType.Float64);
        int moves = steps - (start.IsBeforeFirst ? 0 : 1);
        SystemShape shape = new(steps, n, p,
            Rows(transition, "transition", "[n, n] with n at least 1", [n, n], moves, n > 0),
            Rows(transitionCovariance, "transitionCovariance", $"[{n}, {n}]", [n, n], moves),
            Rows(observation, "observation", $"[outputs, {n}] with at least one output", [p, n], steps, p > 0),
            Rows(observationCovariance, "observationCovariance", $"[{p}, {p}]", [p, p], steps),
            Rows(stateShift, "stateShift", $"[{n}]", [n], moves), Rows(outputShift, "outputShift", $"[{p}]", [p], steps),
            start.IsBeforeFirst, start.Marks(n), convention == DiffuseConvention.Limit);
        if (mean.Rank < 1 || mean.Shape[^1] != n || covariance.Rank < 2 || covariance.Shape[^1] != n || covariance.Shape[^2] != n)
        {
            throw new ArgumentException(
                $"LinearGaussianStateSpace: the start has a mean of shape {mean.Shape} and a covariance of shape {covariance.Shape}; with {n} states "
                    + $"they must be [.., {n}] and [.., {n}, {n}].", nameof(start));
        }
        if (present is not null && (present.DType != DType.Bool || present.Rank < 2 || present.Shape[^1] != p || present.Shape[^2] != steps))
        {
            throw new ArgumentException(
                $"LinearGaussianStateSpace: present is {present.DType} of shape {present.Shape}; it must be Bool and end in [{steps}, {p}], a "
                    + $"truth value "
                    + "for each component of each observation.", nameof(present));
        }
        if (start.IsStationary && (shape.Transitions > 1 || shape.TransitionNoises > 1 || shape.StateShifts > 1))
        {
            throw new ArgumentException(
                "LinearGaussianStateSpace: a stationary start was asked for, but the transition, its covariance or its shift varies in time, "
                    + "so there is no "
                    + "stationary distribution. Give the start as InitialState.Normal.", nameof(start));
        }
        Shape batch = Pyrite.Shape.Scalar;
        foreach (Shape front in (Shape[])[Front(transition, 3), Front(transitionCovariance, 3), Front(observation, 3),
            Front(observationCovariance, 3),
            Front(stateShift, 2), Front(outputShift, 2), Front(mean, 1), Front(covariance, 2), present is null ? batch : Front(present, 2)])
        {
            batch = Pyrite.Shape.Broadcast(batch, front);
        }
        return new SystemTensors
        {
            Shape = shape,
            Batch = batch,
            Transition = transition,
            TransitionCovariance = transitionCovariance,
            Observation = observation,
            ObservationCovariance = observationCovariance,
            StateShift = stateShift,
            OutputShift = outputShift,
            Start = start,
            StartMean = mean,
            StartCovariance = covariance,
            Present = present,
        };
    }

    /// <summary>The same with the distribution that the transition leaves as it is.</summary>
    public SystemTensors WithStationaryStart()
    {
        (int n, int nn) = (Shape.States, Shape.Squares);
        Shape front = Pyrite.Shape.Broadcast(Front(Transition, 3), Front(TransitionCovariance, 3));
        int count = checked((int)front.Count);
        Tensor side = Tensor.Concat([Flat(Transition, front, [n, n], 1), Flat(TransitionCovariance, front, [n, n], 1)], -1);
        Tensor covariance = RowOperation<StationaryCovariance>.Of(new(n), side).Reshape(front + [n, n]);

        // m = T m + c; the matrix is regular where T is stable.
        Tensor transition = Transition.Rank > 2 ? Transition.Squeeze(-3) : Transition, shift = StateShift.Rank > 1 ? StateShift.Squeeze(-2)
            : StateShift;
        Shape both = Pyrite.Shape.Broadcast(transition.Shape[..^2], shift.Shape[..^1]);
        Tensor matrix = (Tensor.Identity(n, DType.Float64) - transition.To(DType.Float64)).BroadcastTo(both + [n, n]);
        Tensor mean = matrix.Solve(shift.To(DType.Float64).BroadcastTo(both + [n]).Unsqueeze(-1)).Squeeze(-1);
        return this with { StartMean = mean, StartCovariance = covariance };
    }

    /// <summary>The numbers of all series and their systems, [series, length].</summary>
    public Tensor WithData(Tensor value, Tensor? present, Shape batch)
    {
        Tensor seen = present is null ? Tensor.Ones([Shape.Steps, Shape.Outputs], DType.Float64) : present.To(DType.Float64);
        Shape own = [Shape.Steps, Shape.Outputs];
        return Tensor.Concat([.. Parts(batch), Flat(value, batch, own), Flat(seen, batch, own)], -1);
    }

    /// <summary>Series with their states, drawn: shape + [steps, n] and shape + [steps, outputs], Float64, with gradients.</summary>
    public (Tensor States, Tensor Observations) Draw(RandomKey key, Shape shape)
    {
        int count = checked((int)shape.Count), states = Shape.Steps * Shape.States;
        Tensor noise = key.Normal([count, SimulatedSeries.NoiseCount(Shape)], DType.Float64);
        Tensor numbers = Tensor.Concat([.. Parts(Batch.Count == 1 ? Pyrite.Shape.Scalar : shape)], -1).BroadcastTo([count, Shape.DataStart]);
        Tensor drawn = RowOperation<SimulatedSeries>.Of(new(Shape), Tensor.Concat([numbers, noise], -1));
        return (drawn.Slice(-1, 0, states).Reshape(shape + [Shape.Steps, Shape.States]),
            drawn.Slice(-1, states, Shape.Steps * Shape.Outputs).Reshape(shape + [Shape.Steps, Shape.Outputs]));
    }

    public static string NotStationary(Tensor transition)
    {
        int n = transition.Shape[^1];
        double[] numbers = transition.ToArray<double>();
        double radius = Enumerable.Range(0, numbers.Length / (n * n)).Max(i => Lyapunov.SpectralRadius(numbers.AsSpan(i * n * n, n * n), n));
        return $"LinearGaussianStateSpace: a stationary start was asked for, but the transition's largest eigenvalue has modulus "
            + $"{radius:G5}; all must be below 1. Give coefficients of a stationary process, or a start as InitialState.Normal or "
            + $"InitialState.Diffuse.";
    }

    private IEnumerable<Tensor> Parts(Shape batch)
    {
        (int n, int p) = (Shape.States, Shape.Outputs);
        return
        [
            Flat(Transition, batch, [n, n], Shape.Transitions), Flat(TransitionCovariance, batch, [n, n], Shape.TransitionNoises),
            Flat(Observation, batch, [p, n], Shape.Observations), Flat(ObservationCovariance, batch, [p, p], Shape.ObservationNoises),
            Flat(StateShift, batch, [n], Shape.StateShifts), Flat(OutputShift, batch, [p], Shape.OutputShifts),
            Flat(StartMean, batch, [n]), Flat(StartCovariance, batch, [n, n]),
        ];
    }

    /// <summary>[series, numbers] of a part, Float64.</summary>
    private static Tensor Flat(Tensor part, Shape batch, Shape own, int rows = 0)
    {
        int series = checked((int)batch.Count), size = (int)own.Count * Math.Max(1, rows);
        Tensor wide = part.To(DType.Float64);
        if (batch.Count > 1)
        {
            Shape whole = rows > 0 && part.Rank > own.Rank ? Pyrite.Shape.Create(rows) + own : own;
            wide = wide.BroadcastTo(batch + whole);
        }
        return wide.Reshape(series, size);
    }

    private static int Rows(Tensor part, string name, string expected, Shape own, int needed, bool fits = true)
    {
        Shape shape = part.Shape;
        int rows = shape.Rank > own.Rank ? shape[^(own.Rank + 1)] : 1;
        if (!fits || shape.Rank < own.Rank || shape[^own.Rank..] != own)
        {
            throw new ArgumentException(
                $"LinearGaussianStateSpace: {name} has shape {shape}; it must be {expected}, or have an axis of time and axes of a batch in "
                    + $"front.", name);
        }
        return rows == 1 || rows >= needed ? Math.Max(1, rows) : throw new ArgumentException(
            $"LinearGaussianStateSpace: {name} has shape {shape}, so it varies in time, with {rows} rows; at least {needed} are needed.", name);
    }

    private static Shape Front(Tensor part, int own) => part.Rank > own ? part.Shape[..^own] : Pyrite.Shape.Scalar;
}
