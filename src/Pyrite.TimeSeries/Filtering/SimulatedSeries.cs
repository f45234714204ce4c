using Pyrite.Operations;
using static Pyrite.Filtering.SmallMatrix;

namespace Pyrite.Filtering;

/// <summary>A series and its states out of a system and standard normal numbers: first the states, steps · n, then the observations,
/// steps · p.</summary>
/// <remarks>Arguments: the numbers of the system up to the data, and behind them n numbers for the first state and n + p for each step.</remarks>
internal readonly record struct SimulatedSeries(SystemShape System) : IRowFunction
{
    public string Name => "a draw of a state space";

    public int ArgumentCount => System.DataStart + NoiseCount(System);

    public int ResultCount => System.Steps * (System.States + System.Outputs);

    public static int NoiseCount(SystemShape system) => system.States + (system.Steps * (system.States + system.Outputs));

    public void Compute(ReadOnlySpan<double> arguments, Span<double> result)
    {
        (int n, int p) = (System.States, System.Outputs);
        ReadOnlySpan<double> noise = arguments[System.DataStart..];
        NoiseFactors moves = new(n), outputs = new(p);
        double[] state = FirstState(arguments), part = new double[Math.Max(n, p)];
        for (int t = 0; t < System.Steps; t++)
        {
            ReadOnlySpan<double> steps = noise.Slice(n + (t * (n + p)), n + p);
            if (t > 0 || System.StartsBefore)
            {
                double[] next = new double[n];
                Apply(arguments.Slice(System.TransitionTo(t), n * n), state, next, n, n);
                Apply(moves.Of(arguments, System.TransitionNoiseTo(t)), steps[..n], part, n, n);
                AddScaled(next, 1, part.AsSpan(0, n));
                AddScaled(next, 1, arguments.Slice(System.StateShiftTo(t), n));
                state = next;
            }
            state.CopyTo(result[(t * n)..]);
            Span<double> y = result.Slice((System.Steps * n) + (t * p), p);
            Apply(arguments.Slice(System.ObservationOf(t), p * n), state, y, p, n);
            Apply(outputs.Of(arguments, System.ObservationNoiseOf(t)), steps[n..], part, p, p);
            AddScaled(y, 1, part.AsSpan(0, p));
            AddScaled(y, 1, arguments.Slice(System.OutputShiftOf(t), p));
        }
    }

    public void AddGradient(ReadOnlySpan<double> arguments, ReadOnlySpan<double> result, ReadOnlySpan<double> upstream, Span<double> gradient)
    {
        (int n, int p) = (System.States, System.Outputs);
        ReadOnlySpan<double> noise = arguments[System.DataStart..];
        Span<double> ofNoise = gradient[System.DataStart..];
        NoiseFactors moves = new(n), outputs = new(p);
        double[] first = FirstState(arguments), ofState = new double[n], part = new double[Math.Max(n, p)];
        for (int t = System.Steps - 1; t >= 0; t--)
        {
            ReadOnlySpan<double> steps = noise.Slice(n + (t * (n + p)), n + p), state = result.Slice(t * n, n);
            ReadOnlySpan<double> ofOutput = upstream.Slice((System.Steps * n) + (t * p), p);
            Span<double> ofSteps = ofNoise.Slice(n + (t * (n + p)), n + p);
            AddScaled(ofState, 1, upstream.Slice(t * n, n));
            ApplyTransposed(arguments.Slice(System.ObservationOf(t), p * n), ofOutput, part, p, n);
            AddScaled(ofState, 1, part.AsSpan(0, n));
            AddOuter(gradient.Slice(System.ObservationOf(t), p * n), 1, ofOutput, state);
            AddScaled(gradient.Slice(System.OutputShiftOf(t), p), 1, ofOutput);
            outputs.AddGradient(arguments, System.ObservationNoiseOf(t), ofOutput, steps[n..], ofSteps[n..], gradient);
            if (t == 0 && !System.StartsBefore)
            {
                break;
            }
            AddOuter(gradient.Slice(System.TransitionTo(t), n * n), 1, ofState, t > 0 ? result.Slice((t - 1) * n, n) : first);
            AddScaled(gradient.Slice(System.StateShiftTo(t), n), 1, ofState);
            moves.AddGradient(arguments, System.TransitionNoiseTo(t), ofState, steps[..n], ofSteps[..n], gradient);
            ApplyTransposed(arguments.Slice(System.TransitionTo(t), n * n), ofState, part, n, n);
            part.AsSpan(0, n).CopyTo(ofState);
        }
        AddScaled(gradient.Slice(System.MeanStart, n), 1, ofState);
        NoiseFactors start = new(n);
        start.AddGradient(arguments, System.CovarianceStart, ofState, noise[..n], ofNoise[..n], gradient);
        foreach (NoiseFactors factors in (ReadOnlySpan<NoiseFactors>)[moves, outputs, start])
        {
            factors.Finish(gradient);
        }
    }

    private double[] FirstState(ReadOnlySpan<double> arguments)
    {
        int n = System.States;
        double[] state = new double[n];
        Apply(new NoiseFactors(n).Of(arguments, System.CovarianceStart), arguments.Slice(System.DataStart, n), state, n, n);
        AddScaled(state, 1, arguments.Slice(System.MeanStart, n));
        return state;
    }
}
