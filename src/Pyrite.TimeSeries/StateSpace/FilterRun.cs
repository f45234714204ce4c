using Pyrite.Filtering;

namespace Pyrite.StateSpace;

/// <summary>Filters of all series of a batch, read out as plain tensors.</summary>
internal sealed class FilterRun
{
    public const string NoDensity =
        "LinearGaussianStateSpace: a series was scored whose observations have no density: at some step a component has no variance left given those "
            + "before it, because noise is missing where it is needed. Give it some observation noise, or leave the component out with present.";

    private readonly SystemTensors system;
    private readonly Shape batch;
    private readonly Tensor? present;
    private readonly double[] numbers;
    private readonly FilterPass[] passes;

    private FilterRun(SystemTensors system, Tensor value, Tensor? present)
    {
        (this.system, this.present) = (system, present);
        batch = Shape.Broadcast(Shape.Broadcast(value.Shape[..^2], system.Batch), present?.Shape[..^2] ?? Shape.Scalar);
        numbers = system.WithData(present is null ? value : Tensor.Where(present, value, 0), present, batch).ToArray<double>();
        passes = new FilterPass[batch.Count];
        for (int i = 0; i < passes.Length; i++)
        {
            passes[i] = FilterPass.Of(Sizes, SystemOf(i));
        }
    }

    private SystemShape Sizes => system.Shape;

    private Shape Vectors => batch + [Sizes.Steps, Sizes.States];

    private Shape Matrices => batch + [Sizes.Steps, Sizes.States, Sizes.States];

    public static FilterRun Of(SystemTensors system, Tensor value, Tensor? present)
    {
        ArgumentNullException.ThrowIfNull(value);
        using NoGradient.Scope untracked = NoGradient.Begin();
        Shape own = [system.Shape.Steps, system.Shape.Outputs];
        present ??= system.Present;
        if (value.Rank < 2 || value.Shape[^2..] != own || (present is not null
            && (present.DType != DType.Bool || present.Rank < 2 || present.Shape[^2..] != own)))
        {
            throw new ArgumentException(
                $"LinearGaussianStateSpace: observations of shape {value.Shape}"
                    + (present is null ? "" : $", of which {present.DType} {present.Shape} says which are present,")
                    + $" were given; they must end in {own}, the steps and the outputs, and present be Bool.", nameof(value));
        }
        FilterRun run = new(system, value, present);
        foreach (FilterPass pass in run.passes)
        {
            if (!pass.IsProper)
            {
                throw new ArgumentException($"{NoDensity} It is step {pass.FirstImproperStep}, counted from 0.");
            }
        }
        return run;
    }

    public Filtered Filtered()
    {
        int n = Sizes.States, steps = Sizes.Steps, remaining = 0;
        double[] means = Joined(pass => pass.FilteredMeans), covariances = Joined(pass => pass.FilteredCovariances);
        double[] before = Joined(pass => pass.PredictedMeans), spread = Joined(pass => pass.PredictedCovariances);
        for (int i = 0; i < passes.Length; i++)
        {
            List<DiffuseStep> diffuse = passes[i].Diffuse;
            for (int t = 0; t < diffuse.Count; t++)
            {
                int row = (i * steps) + t;
                Blur(before.AsSpan(row * n, n), spread.AsSpan(row * n * n, n * n), diffuse[t].InfiniteBefore);
                if (diffuse[t].InfiniteAfter is { } infinite)
                {
                    Blur(means.AsSpan(row * n, n), covariances.AsSpan(row * n * n, n * n), infinite);
                    remaining = Math.Max(remaining, t + 1);
                }
            }
        }
        return new Filtered(Tensor.From<double>(means, Vectors), Tensor.From<double>(covariances, Matrices), Tensor.From<double>(before, Vectors),
            Tensor.From<double>(spread, Matrices), Tensor.From<double>(Terms(), batch + [steps]), remaining);
    }

    public Smoothed Smoothed()
    {
        RequireFinite("smoothed states");
        SmootherPass[] smoothers = Smoothers();
        Shape pairs = batch + [Sizes.Steps - 1, Sizes.States, Sizes.States];
        return new Smoothed(Tensor.From<double>([.. smoothers.SelectMany(smoother => smoother.Means)], Vectors),
            Tensor.From<double>([.. smoothers.SelectMany(smoother => smoother.Covariances)], Matrices),
            Tensor.From<double>([.. smoothers.SelectMany(smoother => smoother.CrossCovariances)], pairs));
    }

    /// <summary>The state behind the last observation, one step before what follows.</summary>
    public InitialState Last()
    {
        RequireFinite("a forecast");
        int n = Sizes.States;
        double[] means = [.. passes.SelectMany(pass => pass.FilteredMeans[^n..])];
        double[] covariances = [.. passes.SelectMany(pass => pass.FilteredCovariances[^(n * n)..])];
        return InitialState.BeforeFirst(Tensor.From<double>(means, batch + [n]), Tensor.From<double>(covariances, batch + [n, n]));
    }

    /// <summary>Means and covariances of states and observations before any is seen: for a run without data.</summary>
    public Forecast Moments()
    {
        (int n, int p, int steps) = (Sizes.States, Sizes.Outputs, Sizes.Steps);
        double[] means = new double[passes.Length * steps * p], covariances = new double[passes.Length * steps * p * p];
        double[] cross = new double[n * p];
        for (int i = 0; i < passes.Length; i++)
        {
            ReadOnlySpan<double> own = SystemOf(i);
            for (int t = 0; t < steps; t++)
            {
                int row = (i * steps) + t;
                ReadOnlySpan<double> z = own.Slice(Sizes.ObservationOf(t), p * n);
                Span<double> mean = means.AsSpan(row * p, p), covariance = covariances.AsSpan(row * p * p, p * p);
                SmallMatrix.Apply(z, passes[i].PredictedMeans.AsSpan(t * n, n), mean, p, n);
                SmallMatrix.AddScaled(mean, 1, own.Slice(Sizes.OutputShiftOf(t), p));
                SmallMatrix.MultiplyTransposed(passes[i].PredictedCovariances.AsSpan(t * n * n, n * n), z, cross, n, n, p);
                SmallMatrix.Multiply(z, cross, covariance, p, n, p);
                SmallMatrix.AddScaled(covariance, 1, own.Slice(Sizes.ObservationNoiseOf(t), p * p));
                SmallMatrix.Symmetrize(covariance, p);
            }
        }
        return new Forecast(Tensor.From<double>(Joined(pass => pass.PredictedMeans), Vectors),
            Tensor.From<double>(Joined(pass => pass.PredictedCovariances), Matrices), Tensor.From<double>(means, batch + [steps, p]),
            Tensor.From<double>(covariances, batch + [steps, p, p]));
    }

    /// <summary>Cov(y_s, y_t) = Z_s P_s (T_t … T_{s+1})' Z_t' for s before t, for a run without data.</summary>
    public Tensor JointCovariance()
    {
        (int n, int p, int steps) = (Sizes.States, Sizes.Outputs, Sizes.Steps);
        int size = steps * p;
        double[] all = new double[passes.Length * size * size], moved = new double[n * n], next = new double[n * n], left = new double[p * n];
        double[] block = new double[p * p];
        for (int i = 0; i < passes.Length; i++)
        {
            ReadOnlySpan<double> own = SystemOf(i);
            Span<double> joint = all.AsSpan(i * size * size, size * size);
            for (int s = 0; s < steps; s++)
            {
                passes[i].PredictedCovariances.AsSpan(s * n * n, n * n).CopyTo(moved);
                for (int t = s; t < steps; t++)
                {
                    if (t > s)
                    {
                        SmallMatrix.MultiplyTransposed(moved, own.Slice(Sizes.TransitionTo(t), n * n), next, n, n, n);
                        next.CopyTo(moved, 0);
                    }
                    SmallMatrix.Multiply(own.Slice(Sizes.ObservationOf(s), p * n), moved, left, p, n, n);
                    SmallMatrix.MultiplyTransposed(left, own.Slice(Sizes.ObservationOf(t), p * n), block, p, n, p);
                    for (int a = 0; a < p; a++)
                    {
                        for (int b = 0; b < p; b++)
                        {
                            double noise = t == s ? own[Sizes.ObservationNoiseOf(s) + (a * p) + b] : 0;
                            joint[(((s * p) + a) * size) + (t * p) + b] = block[(a * p) + b] + noise;
                            joint[(((t * p) + b) * size) + (s * p) + a] = block[(a * p) + b] + noise;
                        }
                    }
                }
            }
        }
        return Tensor.From<double>(all, batch + [size, size]);
    }

    public Tensor SampleStates(RandomKey key, Shape sampleShape)
    {
        RequireFinite("draws of states");
        using NoGradient.Scope untracked = NoGradient.Begin();
        Shape all = sampleShape + batch;
        (Tensor states, Tensor observations) = system.Draw(key, all);
        FilterRun drawn = new(system, observations, present);
        Tensor ofDrawn = Tensor.From<double>([.. drawn.Smoothers().SelectMany(smoother => smoother.Means)], all + [Sizes.Steps, Sizes.States]);
        return states + Tensor.From<double>([.. Smoothers().SelectMany(smoother => smoother.Means)], Vectors) - ofDrawn;
    }

    private SmootherPass[] Smoothers() => [.. passes.Select((pass, i) => SmootherPass.Of(Sizes, SystemOf(i), pass))];

    private ReadOnlySpan<double> SystemOf(int series) => numbers.AsSpan(series * Sizes.Length, Sizes.Length);

    private double[] Joined(Func<FilterPass, double[]> part) => [.. passes.SelectMany(part)];

    private double[] Terms() => Joined(pass => pass.Terms);

    private void RequireFinite(string wanted)
    {
        int left = passes.Max(pass => pass.Diffuse.Count == Sizes.Steps && pass.Diffuse[^1].InfiniteAfter is not null ? pass.Diffuse[^1].RankAfter
            : 0);
        if (left > 0)
        {
            throw new InvalidOperationException(
                $"LinearGaussianStateSpace: {wanted} were asked for, but the observations leave {left} of the diffuse states without a finite "
                    + $"variance. "
                    + "Give more observations, or a start that knows something of these states.");
        }
    }

    /// <summary>States of which nothing is known have no mean and an infinite variance.</summary>
    private static void Blur(Span<double> mean, Span<double> covariance, double[] infinite)
    {
        int n = mean.Length;
        for (int i = 0; i < n; i++)
        {
            mean[i] = infinite[(i * n) + i] > 0 ? double.NaN : mean[i];
            for (int j = 0; j < n; j++)
            {
                double part = infinite[(i * n) + j];
                covariance[(i * n) + j] = part == 0 ? covariance[(i * n) + j] : part * double.PositiveInfinity;
            }
        }
    }
}
