namespace Pyrite.Tests;

/// <summary>The No-U-Turn sampler as its papers write it: recursive, with lists and logarithms everywhere. The oracle of the library's own.</summary>
/// <remarks>
/// Trajectories: Betancourt (2017), appendix A.3, with multinomial weights, biased progressive sampling, and Stan's three checks for a turn. Step
/// size: Hoffman and Gelman (2014), section 3.2. Metric: Stan's windows and shrinkage. Randomness is that of <see cref="Random"/>, so nothing but the
/// algorithm is shared.
/// </remarks>
internal sealed class PlainNuts(PlainNuts.Density density, double[] start, int seed)
{
    private const double LargestEnergyError = 1000;
    private const double Target = 0.8;

    private readonly Random random = new(seed);
    private readonly double[] variances = [.. start.Select(_ => 1.0)];
    private double initialEnergy;
    private double acceptance;
    private int steps;

    /// <summary>A log-density that fills in its gradient.</summary>
    public delegate double Density(double[] point, double[] gradient);

    /// <summary>The step size of the last transition.</summary>
    public double StepSize { get; private set; } = 1;

    /// <summary>Warms up and draws.</summary>
    public double[][] Run(int warmup, int draws)
    {
        State at = State.Of(density, start);
        at = FindStepSize(at);
        (double center, double error, double average, int count) = (Math.Log(10 * StepSize), 0, 0, 0);
        IReadOnlyList<(int First, int Last)> windows = WarmupWindows.Of(warmup);
        List<double[]> window = [], kept = [];
        for (int i = 0; i < warmup + draws; i++)
        {
            at = Transition(at);
            if (i >= warmup)
            {
                kept.Add(at.Q);
                continue;
            }
            count++;
            double weight = 1 / (count + 10.0), share = Math.Pow(count, -0.75);
            error = ((1 - weight) * error) + (weight * (Target - (acceptance / Math.Max(1, steps))));
            double log = center - (error * Math.Sqrt(count) / 0.05);
            average = ((1 - share) * average) + (share * log);
            StepSize = Math.Exp(log);
            if (i >= windows[1].First && i <= windows[^2].Last)
            {
                window.Add(at.Q);
                if (windows.Any(w => w.Last == i))
                {
                    Estimate(window);
                    window.Clear();
                    at = FindStepSize(at);
                    (center, error, average, count) = (Math.Log(10 * StepSize), 0, 0, 0);
                }
            }
            if (i == warmup - 1)
            {
                StepSize = Math.Exp(average);
            }
        }
        return [.. kept];
    }

    private void Estimate(List<double[]> window)
    {
        for (int i = 0; i < variances.Length; i++)
        {
            double n = window.Count, mean = window.Average(q => q[i]);
            variances[i] = (n / (n + 5) * window.Sum(q => (q[i] - mean) * (q[i] - mean)) / (n - 1)) + (1e-3 * 5 / (n + 5));
        }
    }

    private State FindStepSize(State at)
    {
        int direction = 0;
        while (StepSize is > 1e-300 and < 1e30)
        {
            State from = at with { P = Momentum() };
            double change = Energy(from) - Energy(Leapfrog(from, StepSize));
            int wanted = change > Math.Log(0.8) ? 1 : -1;
            if (direction != 0 && wanted != direction)
            {
                break;
            }
            direction = wanted;
            StepSize *= direction > 0 ? 2 : 0.5;
        }
        return at;
    }

    private State Transition(State at)
    {
        at = at with { P = Momentum() };
        initialEnergy = Energy(at);
        (acceptance, steps) = (0, 0);
        (State left, State right, State draw) = (at, at, at);
        double[] rho = at.P;
        double logWeight = 0;
        for (int depth = 0; depth < 10; depth++)
        {
            bool isForward = random.NextDouble() > 0.5;
            if (Build(isForward ? right : left, depth, isForward ? StepSize : -StepSize) is not { } tree)
            {
                break;
            }
            if (Math.Log(random.NextDouble()) < tree.LogWeight - logWeight)
            {
                draw = tree.Draw;
            }
            logWeight = LogSum(logWeight, tree.LogWeight);
            (State innerOld, State innerNew) = (isForward ? right : left, tree.First);
            (left, right) = isForward ? (left, tree.Last) : (tree.Last, right);
            (State far, State near) = isForward ? (left, right) : (right, left);
            double[] sum = Add(rho, tree.Rho);
            bool goesOn = Parts(sum, far, near) && Parts(Add(rho, innerNew.P), far, innerNew) && Parts(Add(tree.Rho, innerOld.P), innerOld, near);
            rho = sum;
            if (!goesOn)
            {
                break;
            }
        }
        return draw;
    }

    private Tree? Build(State from, int depth, double step)
    {
        if (depth == 0)
        {
            State next = Leapfrog(from, step);
            double energy = Energy(next), gain = double.IsNaN(energy) ? double.NegativeInfinity : initialEnergy - energy;
            steps++;
            acceptance += Math.Min(1, Math.Exp(Math.Min(0, gain)));
            return -gain > LargestEnergyError ? null : new Tree(next, next, next, next.P, gain);
        }
        if (Build(from, depth - 1, step) is not { } first || Build(first.Last, depth - 1, step) is not { } second)
        {
            return null;
        }
        double total = LogSum(first.LogWeight, second.LogWeight);
        State draw = Math.Log(random.NextDouble()) < second.LogWeight - total ? second.Draw : first.Draw;
        double[] rho = Add(first.Rho, second.Rho);
        return Parts(rho, first.First, second.Last) && Parts(Add(first.Rho, second.First.P), first.First, second.First)
            && Parts(Add(second.Rho, first.Last.P), first.Last, second.Last)
            ? new Tree(first.First, second.Last, draw, rho, total)
            : null;
    }

    private State Leapfrog(State from, double step)
    {
        double[] p = [.. from.P.Select((x, i) => x + (0.5 * step * from.Gradient[i]))];
        State next = State.Of(density, [.. from.Q.Select((x, i) => x + (step * variances[i] * p[i]))]);
        return next with { P = [.. p.Select((x, i) => x + (0.5 * step * next.Gradient[i]))] };
    }

    private double Energy(State at) => (0.5 * at.P.Select((p, i) => p * p * variances[i]).Sum()) - at.LogDensity;

    private bool Parts(double[] rho, State a, State b)
    {
        double before = 0, after = 0;
        for (int i = 0; i < rho.Length; i++)
        {
            before += rho[i] * variances[i] * a.P[i];
            after += rho[i] * variances[i] * b.P[i];
        }
        return before > 0 && after > 0;
    }

    private double[] Momentum() =>
        [.. variances.Select(v => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()) / Math.Sqrt(v))];

    private static double LogSum(double a, double b) =>
        Math.Max(a, b) == double.NegativeInfinity ? double.NegativeInfinity : Math.Max(a, b) + Math.Log(1 + Math.Exp(-Math.Abs(a - b)));

    private static double[] Add(double[] a, double[] b) => [.. a.Select((x, i) => x + b[i])];

    private sealed record State(double[] Q, double[] P, double[] Gradient, double LogDensity)
    {
        public static State Of(Density density, double[] q)
        {
            double[] gradient = new double[q.Length];
            double value = density(q, gradient);
            return new State(q, gradient, gradient, value);
        }
    }

    private sealed record Tree(State First, State Last, State Draw, double[] Rho, double LogWeight);
}
