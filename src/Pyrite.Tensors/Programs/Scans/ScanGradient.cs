using Pyrite.Autodiff;
using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Scans;

/// <summary>The body of the scan that runs back through the rounds of another one: its carry is the gradient of the carry, and what has come together
/// for captured tensors; its outputs are the gradients of the rounds' inputs.</summary>
internal sealed class ScanGradient
{
    private readonly ScanBody forward;
    private readonly bool readsCarries;
    private readonly BodyRecording recording;
    private readonly int[] outputs;

    private ScanGradient(ScanBody forward, bool readsCarries, BodyRecording recording, int[] outputs)
    {
        (this.forward, this.readsCarries, this.recording, this.outputs) = (forward, readsCarries, recording, outputs);
    }

    /// <summary>What happens in a round.</summary>
    public ScanBody Body => recording.Body;

    /// <summary>Records the gradient of a body.</summary>
    /// <param name="forward">The body.</param>
    /// <param name="wanted">Which of its inputs and captured tensors want gradients.</param>
    /// <param name="isSilent">Whether gradients of 0 are final; see <see cref="SilentZeros"/>.</param>
    /// <param name="readsCarries">Whether the carries that the scan kept have gradients of their own.</param>
    public static ScanGradient Of(ScanBody forward, bool[] wanted, bool isSilent, bool readsCarries)
    {
        bool wasSilent = SilentZeros.Switch(false);
        try
        {
            using NoGradient.Scope tracked = NoGradient.Suspend();
            using AnomalyMode.Scope unchecked0 = AnomalyMode.Suspend();
            using Precision.Scope precision = Precision.Use(forward.Type);
            using StepScope scope = StepScope.Begin();
            scope.Recorder.RecordAfresh(isPutOff: true);
            return Record(scope, forward, wanted, isSilent, readsCarries);
        }
        finally
        {
            SilentZeros.Switch(wasSilent);
        }
    }

    /// <summary>What the backward scan is given: gradients of the carry after the last round, zeros for captured tensors; the carries, inputs and
    /// upstream gradients of all rounds; the captured tensors.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="inputs">What it was given.</param>
    /// <param name="output">Its results.</param>
    /// <param name="upstream">Their gradient.</param>
    /// <param name="wanted">Which inputs and captured tensors want gradients.</param>
    public Tensor[] Given(in ScanOperation scan, Tensor[] inputs, Tensor output, Tensor upstream, bool[] wanted)
    {
        ScanLayout layout = scan.Layout;
        int carries = forward.Carries, arrays = carries + forward.Inputs;
        List<Tensor> given = [];
        for (int i = 0; i < carries; i++)
        {
            given.Add(layout.FinalCarry(upstream, i));
        }
        for (int i = arrays; i < inputs.Length; i++)
        {
            if (wanted[i - carries])
            {
                given.Add(Tensor.Zeros(inputs[i].Shape, inputs[i].DType));
            }
        }
        for (int i = 0; i < carries; i++)
        {
            given.Add(layout.Carries(output, i));
        }
        given.AddRange(inputs[carries..arrays]);
        foreach (int tracked in outputs)
        {
            given.Add(layout.OutputOf(upstream, tracked));
        }
        for (int i = 0; i < carries && readsCarries; i++)
        {
            given.Add(layout.Carries(upstream, i));
        }
        return [.. given, .. inputs[arrays..], .. recording.Capture()];
    }

    private static ScanGradient Record(StepScope scope, ScanBody forward, bool[] wanted, bool isSilent, bool readsCarries)
    {
        int carries = forward.Carries, arrays = carries + forward.Inputs, captured = forward.Given.Length - arrays;
        int[] sums = [.. Enumerable.Range(arrays, captured).Where(i => wanted[i - carries])];
        Tensor[] carry = Arguments(forward.Given[..carries]), sum = Arguments([.. sums.Select(i => forward.Given[i])]);
        Tensor[] before = Arguments(forward.Given[..arrays]);
        int[] tracked = [.. Enumerable.Range(0, forward.Outputs.Length).Where(i => forward.HasHistory(forward.Outputs[i]))];
        Tensor[] outputs = Arguments(Array.ConvertAll(tracked, i => new TensorSpec(forward.SpecOf(forward.Outputs[i]).Shape, forward.Type)));
        Tensor[] kept = readsCarries ? Arguments(forward.Given[..carries]) : [];
        Tensor[] given = [.. before, .. Arguments(forward.Given[arrays..])];
        Tensor[] results = BodyNode.Issue(forward.Nodes, given);

        // What has come together so far comes first, then what later operations give, then this round's: the order of a loop that is not recorded.
        List<GradientNode> roots = [];
        List<Tensor> seeds = [];
        for (int i = 0; i < sums.Length; i++)
        {
            AddRoot(given[sums[i]], sum[i]);
        }
        for (int i = 0; i < kept.Length; i++)
        {
            AddRoot(given[i], kept[i]);
        }
        for (int i = 0; i < outputs.Length; i++)
        {
            AddRoot(BodyNode.Find(forward.Outputs[tracked[i]], results, given), outputs[i]);
        }
        for (int i = 0; i < carries; i++)
        {
            AddRoot(BodyNode.Find(forward.Next[i], results, given), carry[i]);
        }
        Tensor[] variables = [.. Enumerable.Range(0, given.Length).Where(i => i < carries || wanted[i - carries]).Select(i => given[i])];
        Tensor[] gradients = Sweep(variables, roots, seeds, isSilent);
        int inputs = variables.Length - carries - sums.Length;
        BodyRecording recording = BodyRecording.Of(scope, carries + sums.Length, arrays + outputs.Length + kept.Length, captured,
            [.. gradients[..carries], .. gradients[(carries + inputs)..]], gradients[carries..(carries + inputs)], forward.Type);
        recording.Body.LogSumBack = isSilent ? null : LogSumBack.Of(forward, wanted, outputs.Length, readsCarries);
        return new ScanGradient(forward, readsCarries, recording, tracked);

        void AddRoot(Tensor tensor, Tensor seed)
        {
            if (tensor.Node is { } root)
            {
                roots.Add(root);
                seeds.Add(seed);
            }
        }
    }

    private static Tensor[] Sweep(Tensor[] variables, List<GradientNode> roots, List<Tensor> seeds, bool isSilent)
    {
        Tensor?[] found = BackwardPass.Run(variables, roots.ToArray(), seeds.ToArray(), null, isSilent);
        return [.. found.Select((gradient, i) => gradient?.In(Layout.RowMajor) ?? Tensor.Zeros(variables[i].Shape, variables[i].DType))];
    }

    /// <summary>Arguments that look like tensors; nothing reads their numbers.</summary>
    private static Tensor[] Arguments(ReadOnlySpan<TensorSpec> specs)
    {
        Tensor[] arguments = new Tensor[specs.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            Tensor place = Tensor.Allocate(specs[i]);
            arguments[i] = ArgumentOperation.Of(place.DType.IsFloatingPoint ? place.AsVariable() : place);
        }
        return arguments;
    }
}
