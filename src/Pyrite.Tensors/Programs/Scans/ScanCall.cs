using System.Reflection;
using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Programs.Compiled;

namespace Pyrite.Programs.Scans;

/// <summary>One call of a scan: records the body, and issues the one operation that runs all rounds.</summary>
/// <param name="carry">The parts of the carry.</param>
/// <param name="inputs">Arrays [T, ..].</param>
/// <param name="rounds">T.</param>
/// <param name="isReverse">Whether the last round comes first.</param>
/// <param name="function">The body on plain arrays of tensors.</param>
/// <param name="method">The body as the caller wrote it.</param>
/// <param name="count">How many of the T rounds there are, the first ones in time: an Int64 scalar; null for all.</param>
internal sealed class ScanCall(Tensor[] carry, Tensor[] inputs, int rounds, bool isReverse, ScanCall.RoundFunction function, MethodInfo method,
    Tensor? count = null)
{
    private readonly DType type = carry[0].DType;
    private StepCheck[] checks = [];

    /// <summary>A body on plain arrays of tensors.</summary>
    public delegate (Tensor[] Carry, Tensor[] Outputs) RoundFunction(Tensor[] carry, Tensor[] inputs);

    /// <summary>The carry after the last round, and the outputs [T, ..].</summary>
    public (Tensor[] Carry, Tensor[] Outputs) Run()
    {
        Tensor[] slices = rounds == 0 ? Array.ConvertAll(inputs, Nothing) : Slices(0);
        BodyRecording recording = Record(slices);
        Tensor[] captured = recording.Capture();
        if (recording.IsRead && rounds > 0)
        {
            return RunApart((recording.Body, captured), null, "it reads a value that differs by round");
        }
        ScanBody body = recording.IsVarying ? recording.Body : ScanBodies.Shared(recording.Body);
        if (rounds > 1 && !ScanBodies.IsUniform(method, body))
        {
            // A body that is new is called once more: it must do the same again.
            BodyRecording second = Record(slices);
            if (!recording.IsSame(second))
            {
                return RunApart((body, captured), (second.Body, second.Capture()), "its C# code does not do the same in every round");
            }
            ScanBodies.NoteUniform(method, body);
        }
        Tensor[] given = [.. carry, .. inputs, .. captured];
        Tensor results = ScanOperation.Of(body, rounds, isReverse, given, count, out ScanLayout layout);
        int outputs = body.Outputs.Length - checks.Length;
        for (int i = 0; i < checks.Length && rounds > 0; i++)
        {
            Tensor verdicts = WhereCounted(layout.OutputOf(results.Detach(), outputs + i));
            ScanVerdict subject = new(checks[i].Subject, body, body.Checked[i], rounds, isReverse, given, count);
            StepCheck.Add(verdicts.AllWithin(ScanVerdict.Holding), subject, checks[i].Part, verdicts);
        }
        return ([.. Enumerable.Range(0, carry.Length).Select(i => layout.FinalCarry(results, i))],
            [.. Enumerable.Range(0, outputs).Select(i => layout.OutputOf(results, i))]);
    }

    /// <summary>Verdicts, which hold in rounds that there are not.</summary>
    private Tensor WhereCounted(Tensor verdicts) => count is null ? verdicts : Tensor.Where(Tensor.Range(rounds) < count, verdicts, 1.0);

    private BodyRecording Record(Tensor[] slices)
    {
        using StepScope scope = StepScope.Begin();
        scope.Recorder.RecordAfresh(isPutOff: true);
        Tensor[] carries = Array.ConvertAll(carry, AsArgument), arguments = Array.ConvertAll(slices, AsArgument);
        (Tensor[] next, Tensor[] outputs) = Call(carries, arguments);

        // Checks become outputs, 1 or 0 in every round, which are looked at together afterwards.
        checks = [.. scope.Recorder.Noted!];
        Tensor[] verdicts = [.. checks.Select(check => check.Verdict.To(type))];
        return BodyRecording.Of(scope, carry.Length, slices.Length, 0, next, [.. outputs, .. verdicts], type,
            [.. checks.Select(check => check.Value.To(type).In(Layout.RowMajor))]);
    }

    private (Tensor[] Next, Tensor[] Outputs) Call(Tensor[] state, Tensor[] slices)
    {
        (Tensor[] next, Tensor[] outputs) = InBody(state, slices);
        next = Array.ConvertAll(next, AsResult);
        outputs = Array.ConvertAll(outputs, AsResult);
        ScanChecks.Results(carry, next, outputs);
        return (next, outputs);
    }

    private (Tensor[] Next, Tensor[] Outputs) InBody(Tensor[] state, Tensor[] slices)
    {
        int depth = Scan.BodyDepth;
        Scan.BodyDepth = depth + 1;
        try
        {
            return function(state, slices);
        }
        finally
        {
            Scan.BodyDepth = depth;
        }
    }

    private static Tensor AsArgument(Tensor tensor) => ArgumentOperation.Of(tensor.DType.IsFloatingPoint ? tensor.AsVariable() : tensor.Detach());

    private Tensor AsResult(Tensor tensor) => (tensor.IsWeak ? tensor.To(type) : tensor).In(Layout.RowMajor);

    /// <summary>The inputs of a round, in the order of running.</summary>
    private Tensor[] Slices(int round) => Array.ConvertAll(inputs, input => input.Select(0, isReverse ? rounds - 1 - round : round));

    private static Tensor Nothing(Tensor input) => Tensor.Zeros(input.Shape[1..], input.DType);

    /// <summary>Calls the function round by round; those rounds that were recorded already are not called again.</summary>
    private (Tensor[] Carry, Tensor[] Outputs) RunApart((ScanBody Body, Tensor[] Captured) first, (ScanBody Body, Tensor[] Captured)? second,
        string reason)
    {
        ScanBodies.TellApart(method, reason);
        List<Tensor[]> all = [];
        Tensor[] state = carry;
        int counted = count is null ? rounds : (int)count.Item();
        for (int round = 0; round < rounds; round++)
        {
            if ((isReverse ? rounds - 1 - round : round) >= counted)
            {
                all.Add(Array.ConvertAll(first.Body.Outputs[..^checks.Length], output => Tensor.Zeros(first.Body.SpecOf(output).Shape, type)));
                continue;
            }
            (ScanBody Body, Tensor[] Captured)? recorded = round switch
            {
                0 => first,
                1 => second,
                _ => null,
            };
            (state, Tensor[] outputs) = recorded is { } known ? Issue(known.Body, known.Captured, state, Slices(round)) : Call(state, Slices(round));
            all.Add(recorded is null ? outputs : outputs[..^checks.Length]);
        }
        if (isReverse)
        {
            all.Reverse();
        }
        return (state, [.. Enumerable.Range(0, all[0].Length).Select(i => Tensor.Stack([.. all.Select(outputs => outputs[i])]))]);
    }

    private (Tensor[] Next, Tensor[] Outputs) Issue(ScanBody body, Tensor[] captured, Tensor[] state, Tensor[] slices)
    {
        Tensor[] given = [.. state, .. slices, .. captured];
        Tensor[] results = BodyNode.Issue(body.Nodes, given);
        for (int i = 0; i < checks.Length; i++)
        {
            Tensor verdict = BodyNode.Find(body.Outputs[body.Outputs.Length - checks.Length + i], results, given).Detach();
            StepCheck.Add(verdict.AllWithin(ScanVerdict.Holding), checks[i].Subject, checks[i].Part, BodyNode.Find(body.Checked[i], results, given));
        }
        return (Array.ConvertAll(body.Next, source => BodyNode.Find(source, results, given)),
            Array.ConvertAll(body.Outputs, source => BodyNode.Find(source, results, given)));
    }
}
