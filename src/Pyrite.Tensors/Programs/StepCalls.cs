namespace Pyrite.Programs;

/// <summary>Calls of pure functions in a step: taken as a whole where the stream knows them, described where it does not.</summary>
internal sealed class StepCalls(Recorder recorder, StepResults results, StreamMatcher matcher)
{
    private readonly List<StepCheck> checksOfCall = [];
    private bool isOpen;

    /// <summary>Begins a step.</summary>
    public void Begin() => isOpen = false;

    /// <summary>The result of an earlier step's call that equals this one, as pending as any; null if there is none.</summary>
    /// <param name="key">The function.</param>
    /// <param name="inputs">Its arguments.</param>
    /// <param name="subject">Who explains failures of its checks.</param>
    public Tensor? Replay(in CallKey key, ReadOnlySpan<Tensor> inputs, ICheckSubject subject)
    {
        int index = results.Count;
        if (!recorder.IsReplaying || results.Stream is not { } stream || index >= stream.Nodes.Count
            || stream.Nodes[index].Call is not { IsCurrent: true } call || call.Start != index || call.End > stream.Nodes.Count
            || !ReferenceEquals(stream.Nodes[call.End - 1].Call, call) || !call.Is(key) || !matcher.Accepts(stream, call, inputs))
        {
            return null;
        }
        results.Extend(call.End);
        foreach (CallCheck check in call.Checks)
        {
            recorder.Check(new StepCheck(results[check.Verdict], subject, check.Part, inputs[check.Position]));
        }
        return results[call.Output];
    }

    /// <summary>Where a call begins; -1 inside of another one, and where describing it has proved useless.</summary>
    public int Start()
    {
        if (isOpen)
        {
            return -1;
        }
        int index = results.Count;
        if (results.Stream is { } stream && index < stream.Nodes.Count
            && stream.Nodes[index].Call is { Description: >= RecordedCall.MostDescriptions })
        {
            return -1;
        }
        isOpen = true;
        checksOfCall.Clear();
        return index;
    }

    /// <summary>Keeps a check that may belong to the call that is going on.</summary>
    public void AddCheck(in StepCheck check)
    {
        if (isOpen)
        {
            checksOfCall.Add(check);
        }
    }

    /// <summary>Describes a call whose operations have just been issued, if it depends on nothing but its inputs.</summary>
    public void Remember(int start, in CallKey key, ReadOnlySpan<Tensor> inputs, ICheckSubject subject, Tensor output)
    {
        if (start < 0)
        {
            return;
        }
        isOpen = false;
        int end = results.Count;
        if (results.Stream is not { } stream || end <= start || end > stream.Nodes.Count || !recorder.IsUncutSince(start) || stream.FirstForeign < end
            || !output.IsResultOf(recorder) || output.RecordedIndex < start || output.Origin is not null)
        {
            return;
        }
        if (Describe(inputs) is not { } described || Describe(start, inputs, subject) is not { } checks || !IsClosed(stream, start, end, described))
        {
            stream.Nodes[start].Call = RecordedCall.Opaque;
            return;
        }
        int description = stream.Nodes[start].Call is { } earlier && earlier.Start == start ? earlier.Description + 1 : 1;
        RecordedCall call = new(start, end, output.RecordedIndex, key, described, checks) { Description = description };
        for (int i = start; i < end; i++)
        {
            stream.Nodes[i].Call = call;
        }
    }

    private CallInput[]? Describe(ReadOnlySpan<Tensor> inputs)
    {
        CallInput[] described = new CallInput[inputs.Length];
        for (int i = 0; i < described.Length; i++)
        {
            Tensor input = inputs[i];
            if (input.IsWeak)
            {
                described[i] = new CallInput(i, 0, GradientTarget.None, BitConverter.DoubleToInt64Bits(input.WeakValue));
                continue;
            }
            bool isOwn = ReferenceEquals(input.Recorder, recorder);
            int slot = isOwn ? 0 : results.Outside.IndexOf(input);
            if (slot < 0)
            {
                return null;
            }
            described[i] = new CallInput(i, isOwn ? input.RecordedIndex : -1 - slot, GradientTarget.Of(input, recorder), null);
        }

        // Tensors from outside are met in the order of their slots.
        Array.Sort(described, (a, b) => b.Number.CompareTo(a.Number));
        return described;
    }

    private CallCheck[]? Describe(int start, ReadOnlySpan<Tensor> inputs, ICheckSubject subject)
    {
        CallCheck[] checks = new CallCheck[checksOfCall.Count];
        for (int i = 0; i < checks.Length; i++)
        {
            StepCheck check = checksOfCall[i];
            int position = -1;
            for (int j = 0; j < inputs.Length; j++)
            {
                position = ReferenceEquals(inputs[j], check.Value) ? j : position;
            }
            if (position < 0 || !ReferenceEquals(check.Subject, subject) || !ReferenceEquals(check.Verdict.Recorder, recorder)
                || check.Verdict.RecordedIndex < start)
            {
                return null;
            }
            checks[i] = new CallCheck(check.Verdict.RecordedIndex, check.Part, position);
        }
        return checks;
    }

    private static bool IsClosed(RecordedStream stream, int start, int end, CallInput[] inputs)
    {
        for (int i = start; i < end; i++)
        {
            RecordedNode node = stream.Nodes[i];
            for (int j = 0; j < node.Inputs.Length; j++)
            {
                if (node.Inputs[j] < start && !Array.Exists(inputs, input => input.Weak is null && input.Number == node.Inputs[j]))
                {
                    return false;
                }
            }
        }
        return true;
    }
}
