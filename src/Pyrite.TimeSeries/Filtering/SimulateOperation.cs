using System.Numerics;
using System.Runtime.InteropServices;
using static Pyrite.Filtering.SmallMatrix;

namespace Pyrite.Filtering;

/// <summary>Series and their states out of systems and standard normal numbers, [series, steps (n + p)]: first the states, then the
/// observations.</summary>
/// <remarks>Inputs: the numbers of systems, [series or 1, length up to the data], and noise [series, n + steps (n + p)].</remarks>
internal readonly record struct SimulateOperation(SystemShape System) : ITensorOperation
{
    public string Name => "draw of a state space";

    public static int NoiseCount(SystemShape system) => system.States + (system.Steps * (system.States + system.Outputs));

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => [inputs[1][0], System.Steps * (System.States + System.Outputs)];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<T, double>(inputs[0]), noise = MemoryMarshal.Cast<T, double>(inputs[1]);
        Span<double> all = MemoryMarshal.Cast<T, double>(result);
        int length = inputs.ShapeOf(0)[1], drawn = System.Steps * (System.States + System.Outputs), count = NoiseCount(System);
        bool isShared = inputs.ShapeOf(0)[0] == 1;
        for (int i = 0; i < all.Length / drawn; i++)
        {
            Draw(numbers.Slice(isShared ? 0 : i * length, length), noise.Slice(i * count, count), all.Slice(i * drawn, drawn));
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => throw new NotSupportedException(
        "A draw of a linear Gaussian state space was to be differentiated; draws of it carry no gradients.");

    private void Draw(ReadOnlySpan<double> system, ReadOnlySpan<double> noise, Span<double> drawn)
    {
        (int n, int p, int nn) = (System.States, System.Outputs, System.Squares);
        double[] factor = new double[nn], state = new double[n], outputFactor = new double[p * p];
        Span<double> part = new double[Math.Max(n, p)];
        SemidefiniteFactor(system.Slice(System.CovarianceStart, nn), factor, n);
        Apply(factor, noise[..n], state, n, n);
        AddScaled(state, 1, system.Slice(System.MeanStart, n));
        (int known, int knownOutput) = (-1, -1);
        for (int t = 0; t < System.Steps; t++)
        {
            ReadOnlySpan<double> steps = noise.Slice(n + (t * (n + p)), n + p);
            if (t > 0 || System.StartsBefore)
            {
                if (known != System.TransitionNoiseTo(t))
                {
                    known = System.TransitionNoiseTo(t);
                    SemidefiniteFactor(system.Slice(known, nn), factor, n);
                }
                double[] next = new double[n];
                Apply(system.Slice(System.TransitionTo(t), nn), state, next, n, n);
                Apply(factor, steps[..n], part, n, n);
                AddScaled(next, 1, part);
                AddScaled(next, 1, system.Slice(System.StateShiftTo(t), n));
                state = next;
            }
            state.CopyTo(drawn[(t * n)..]);
            if (knownOutput != System.ObservationNoiseOf(t))
            {
                knownOutput = System.ObservationNoiseOf(t);
                SemidefiniteFactor(system.Slice(knownOutput, p * p), outputFactor, p);
            }
            Span<double> y = drawn.Slice((System.Steps * n) + (t * p), p);
            Apply(system.Slice(System.ObservationOf(t), p * n), state, y, p, n);
            Apply(outputFactor, steps[n..], part, p, p);
            AddScaled(y, 1, part);
            AddScaled(y, 1, system.Slice(System.OutputShiftOf(t), p));
        }
    }
}
