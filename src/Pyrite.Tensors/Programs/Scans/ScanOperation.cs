using System.Runtime.CompilerServices;
using Pyrite.Engine;

namespace Pyrite.Programs.Scans;

/// <summary>A whole loop over time: the body for each round, on the carry of the round before and the round's slices of arrays [T, ..].</summary>
/// <param name="Body">What happens in a round.</param>
/// <param name="Rounds">T.</param>
/// <param name="IsReverse">Whether the last round comes first.</param>
/// <param name="KeepsCarries">Whether the carries of all rounds are among the results, for gradients.</param>
/// <param name="IsFree">Whether sums may be grouped anew, as in densities.</param>
/// <param name="HasCount">Whether the last input, an Int64 scalar of at most T, says how many rounds there are: the first ones in time.</param>
/// <remarks>Inputs are the carry, the arrays, and the captured tensors; for the result see <see cref="ScanLayout"/>. The gradient is another scan,
/// which runs back through the rounds and adds what goes to captured tensors from the last round to the first.</remarks>
internal readonly record struct ScanOperation(ScanBody Body, int Rounds, bool IsReverse, bool KeepsCarries, bool IsFree, bool HasCount)
    : IRoundLoop
{
    // The inputs ask for their gradients one by one; one scan gives all of them. An entry lives as long as the upstream gradient.
    private static readonly ConditionalWeakTable<Tensor, Back> Known = [];

    public string Name => $"scan of {Rounds} rounds";

    public bool IsCompiled => Body.Rounds.IsCompiled(this);

    /// <summary>Where the results stand.</summary>
    public ScanLayout Layout => new(Body, this);

    /// <summary>Issues the operation.</summary>
    /// <param name="body">What happens in a round.</param>
    /// <param name="rounds">T.</param>
    /// <param name="isReverse">Whether the last round comes first.</param>
    /// <param name="inputs">The carry, the arrays, and the captured tensors.</param>
    /// <param name="count">How many rounds there are, an Int64 scalar of at most T; null for T.</param>
    /// <param name="layout">Where the results stand.</param>
    public static Tensor Of(ScanBody body, int rounds, bool isReverse, Tensor[] inputs, Tensor? count, out ScanLayout layout)
    {
        bool keepsCarries = Executor.IsTracked(body.Type, inputs);
        ScanOperation scan = new(body, rounds, isReverse, keepsCarries, StepScope.Watching is { KeepsOutsideTensors: true }, count is not null);
        layout = scan.Layout;
        return Executor.Apply(scan, new TensorSpec([layout.Total], body.Type), count is null ? inputs : [.. inputs, count]);
    }

    /// <summary>How many rounds there are.</summary>
    public int CountOf(ReadOnlySpan<Tensor> inputs)
    {
        long count = HasCount ? inputs[^1].Read<long>()[0] : Rounds;
        return count >= 0 && count <= Rounds
            ? (int)count
            : throw new ArgumentException(
                $"Scan: {count} rounds were asked for; there are inputs for {Rounds}, so the count lies between 0 and that.");
    }

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output) => Body.Rounds.Run(this, inputs, output);

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        if (!inputs[input].DType.IsFloatingPoint)
        {
            return null;
        }
        bool isTracked = NoGradient.IsOff;
        if (!Known.TryGetValue(upstream, out Back? back) || !back.IsOf(output, isTracked))
        {
            back = new Back(this, inputs, output, upstream, isTracked);
            Known.AddOrUpdate(upstream, back);
        }
        return back.Gradient(input);
    }

    /// <summary>The gradients of all inputs.</summary>
    private sealed class Back
    {
        private readonly ScanOperation scan;
        private readonly Tensor output;
        private readonly bool isTracked;
        private readonly int[] places;
        private readonly ScanLayout layout;
        private readonly Tensor results;

        public Back(ScanOperation scan, ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, bool isTracked)
        {
            (this.scan, this.output, this.isTracked) = (scan, output, isTracked);
            ScanBody body = scan.Body;
            Tensor? count = scan.HasCount ? inputs[^1] : null;
            inputs = scan.HasCount ? inputs[..^1] : inputs;
            body.HasReadCarries |= isTracked;
            bool[] wanted = new bool[inputs.Length - body.Carries];
            places = new int[inputs.Length];
            for ((int i, int captured, int arrays) = (0, body.Carries, 0); i < wanted.Length; i++)
            {
                wanted[i] = inputs[i + body.Carries] is { RequiresGradient: true, DType.IsFloatingPoint: true };
                places[i + body.Carries] = !wanted[i] ? -1 : i < body.Inputs ? arrays++ : captured++;
            }
            ScanGradient gradient = body.GradientFor(wanted, SilentZeros.IsOn);
            Tensor[] given = gradient.Given(scan, inputs.ToArray(), output, upstream, wanted);
            results = Of(gradient.Body, scan.Rounds, !scan.IsReverse, given, count, out layout);
        }

        public bool IsOf(Tensor other, bool tracks) => ReferenceEquals(output, other) && isTracked == tracks;

        public Tensor? Gradient(int input)
        {
            ScanBody body = scan.Body;
            if (input < body.Carries)
            {
                return layout.FinalCarry(results, input);
            }
            return places[input] < 0 ? null
                : input < body.Carries + body.Inputs ? layout.OutputOf(results, places[input]) : layout.FinalCarry(results, places[input]);
        }
    }
}
