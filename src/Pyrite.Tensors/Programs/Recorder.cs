using Pyrite.Engine;

namespace Pyrite.Programs;

/// <summary>Watches the operations of one step: the first time it runs and records them; when the same stream comes again it only checks them,
/// and runs the planned program when a value is read.</summary>
/// <remarks>Where the stream differs from the recorded one, what is pending runs operation by operation and recording goes on from there.</remarks>
internal sealed class Recorder
{
    private const int LongestStream = 50_000;

    [ThreadStatic]
    private static StreamCache? cache;

    private readonly List<Tensor> results = [];
    private readonly List<Tensor> outside = [];
    private readonly StepScope scope;
    private RecordedStream? stream;
    private bool isReplaying;
    private int executed;
    private int lastCut;

    public Recorder(StepScope scope) => this.scope = scope;

    /// <summary>The recorder of the innermost step of this thread; null outside of steps and while a program runs.</summary>
    public static Recorder? Current => StepScope.Current is { Recorder: { IsExecuting: false, IsOn: true } recorder } ? recorder : null;

    /// <summary>Tells one step from the next.</summary>
    public int Run { get; private set; }

    /// <summary>Whether kernels are running, whose reads are not the user's.</summary>
    public bool IsExecuting { get; private set; }

    private bool IsOn { get; set; }

    private static StreamCache Cache => cache ??= new StreamCache();

    /// <summary>Begins a step.</summary>
    public void Begin()
    {
        Run++;
        IsOn = true;
        stream = null;
        isReplaying = false;
        executed = 0;
        lastCut = 0;
    }

    /// <summary>Ends a step: what nobody read is never computed.</summary>
    public void End()
    {
        if (stream is not null)
        {
            if (!isReplaying)
            {
                stream.Complete();
            }
            Cache.Add(stream);
        }
        Run++;
        IsOn = false;
        results.Clear();
        outside.Clear();
        stream = null;
    }

    /// <summary>The result of an operation: pending where the stream is known, computed where it is new.</summary>
    public Tensor Apply<TOperation>(in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, bool isAlias)
        where TOperation : struct, IOperation
    {
        int index = results.Count;
        if (index == 0 && stream is null)
        {
            FindStart(operation, spec, inputs);
        }
        if (isReplaying)
        {
            if (Matches(stream!, index, operation, spec, inputs))
            {
                Tensor pending = Tensor.Recorded(stream!.Nodes[index].Spec, this, index, null);
                results.Add(pending);
                return pending;
            }
            if (!TrySwitch(index, operation, spec, inputs))
            {
                StopReplaying();
            }
            else
            {
                Tensor pending = Tensor.Recorded(stream!.Nodes[index].Spec, this, index, null);
                results.Add(pending);
                return pending;
            }
        }
        return Record(operation, spec, inputs, isAlias);
    }

    /// <summary>A tensor of this step is about to be read by the user.</summary>
    public void NoteRead(Tensor tensor)
    {
        int index = tensor.RecordedIndex;
        if (!isReplaying)
        {
            if (stream is not null && !stream.Escapes.Contains(index))
            {
                stream.Escapes.Add(index);
            }
            if (index >= lastCut)
            {
                Cut();
            }
            return;
        }
        if (index >= executed)
        {
            Flush();
        }
        if (tensor.HasMemory)
        {
            return;
        }
        if (!results[index].HasMemory)
        {
            Recover(index);
        }
        tensor.PointTo(results[index], 0);
    }

    /// <summary>Runs what is pending: something that it depends on is about to change.</summary>
    public void Settle()
    {
        if (isReplaying)
        {
            Flush();
        }
        else if (stream is not null)
        {
            Cut();
        }
    }

    private void Cut()
    {
        if (results.Count > lastCut)
        {
            lastCut = results.Count;
            stream?.Cuts.Add(lastCut);
        }
    }

    private void FindStart<TOperation>(in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs)
        where TOperation : struct, IOperation
    {
        foreach (RecordedStream candidate in Cache.Streams)
        {
            if (Matches(candidate, 0, operation, spec, inputs))
            {
                outside.Clear();
                stream = candidate;
                isReplaying = true;
                return;
            }
            outside.Clear();
        }
        stream = new RecordedStream();
    }

    /// <summary>Looks for another recorded stream that begins as this step did and goes on with the operation.</summary>
    private bool TrySwitch<TOperation>(int index, in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs)
        where TOperation : struct, IOperation
    {
        foreach (RecordedStream candidate in Cache.Streams)
        {
            if (ReferenceEquals(candidate, stream) || !candidate.StartsLike(stream!, index) || (executed > 0 && !candidate.Cuts.Contains(executed)))
            {
                continue;
            }
            if (Matches(candidate, index, operation, spec, inputs))
            {
                for (int i = executed; i < index; i++)
                {
                    candidate.Nodes[i].TakeOver(stream!.Nodes[i]);
                }
                stream = candidate;
                return true;
            }
        }
        return false;
    }

    private bool Matches<TOperation>(RecordedStream candidate, int index, in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs)
        where TOperation : struct, IOperation
    {
        if (index >= candidate.Nodes.Count || candidate.Nodes[index] is not RecordedNode<TOperation> node || node.Inputs.Length != inputs.Length || node.Spec != spec)
        {
            return false;
        }
        int bound = outside.Count;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (!MatchesInput(candidate, node.Inputs[i], inputs[i]))
            {
                outside.RemoveRange(bound, outside.Count - bound);
                return false;
            }
        }
        if (node.Accepts(operation))
        {
            return true;
        }
        outside.RemoveRange(bound, outside.Count - bound);
        return false;
    }

    private bool MatchesInput(RecordedStream candidate, int expected, Tensor input)
    {
        if (ReferenceEquals(input.Recorder, this))
        {
            return input.RecordedIndex == expected;
        }
        if (expected >= 0)
        {
            return false;
        }
        int slot = -1 - expected;
        if (slot < outside.Count)
        {
            return ReferenceEquals(outside[slot], input);
        }
        if (slot != outside.Count || !candidate.Outside[slot].Fits(input))
        {
            return false;
        }
        outside.Add(input);
        return true;
    }

    /// <summary>Runs an operation at once and notes it.</summary>
    private Tensor Record<TOperation>(in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, bool isAlias)
        where TOperation : struct, IOperation
    {
        int[] sources = new int[inputs.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            sources[i] = Source(inputs[i]);
        }
        RecordedNode<TOperation> node = new(operation, spec, sources, isAlias);
        Tensor output = Tensor.Recorded(spec, this, results.Count, null);
        Execute(node, inputs, output);
        results.Add(output);
        stream!.Nodes.Add(node);
        executed = results.Count;
        if (executed > LongestStream)
        {
            IsOn = false;
            stream = null;
        }
        return output;
    }

    private int Source(Tensor input)
    {
        if (ReferenceEquals(input.Recorder, this))
        {
            return input.RecordedIndex;
        }
        int slot = outside.IndexOf(input);
        if (slot < 0)
        {
            slot = outside.Count;
            outside.Add(input);
            stream!.Outside.Add(OutsideSpec.Of(input));
        }
        return -1 - slot;
    }

    private void Execute(RecordedNode node, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        bool nested = IsExecuting;
        IsExecuting = true;
        try
        {
            foreach (Tensor input in inputs)
            {
                // Tensors of outer steps may be pending there; a twin of a result of this step may not know its memory yet.
                if (!input.HasMemory && ReferenceEquals(input.Recorder, this))
                {
                    input.PointTo(results[input.RecordedIndex], 0);
                }
                input.Materialize();
            }
            if (!node.IsAlias)
            {
                output.PointTo(scope.Rent(output.Shape.Count * output.DType.ByteSize));
            }
            node.Execute(inputs, output);
        }
        finally
        {
            IsExecuting = nested;
        }
    }

    /// <summary>Runs what is pending, as one planned program where the stream was cut here before.</summary>
    private void Flush()
    {
        int end = results.Count;
        if (end == executed)
        {
            return;
        }
        if (!stream!.Cuts.Contains(end))
        {
            StopReplaying();
            Cut();
            return;
        }
        foreach (Tensor tensor in outside)
        {
            tensor.Materialize();
        }
        SegmentPlan plan = stream.Plan(executed, end);
        IsExecuting = true;
        try
        {
            plan.Run(results, outside, scope);
        }
        finally
        {
            IsExecuting = false;
        }
        executed = end;
    }

    /// <summary>Computes pending results one by one and records from here on.</summary>
    private void StopReplaying()
    {
        RecordedStream known = stream!;
        stream = known.Prefix(results.Count, outside.Count);
        isReplaying = false;
        lastCut = known.Cuts.Where(c => c <= executed).DefaultIfEmpty(0).Max();
        stream.Cuts.RemoveWhere(c => c > executed);
        for (int i = executed; i < results.Count; i++)
        {
            Recover(i);
        }
        executed = results.Count;
    }

    /// <summary>Computes one result, and what it needs, that a program had no reason to keep.</summary>
    private void Recover(int index)
    {
        if (index < executed && isReplaying)
        {
            stream!.AddEscape(index);
        }
        Stack<int> open = new();
        open.Push(index);
        while (open.TryPeek(out int next))
        {
            if (results[next].HasMemory)
            {
                open.Pop();
                continue;
            }
            RecordedNode node = stream!.Nodes[next];
            int missing = Array.FindIndex(node.Inputs, i => i >= 0 && !results[i].HasMemory);
            if (missing >= 0)
            {
                open.Push(node.Inputs[missing]);
                continue;
            }
            open.Pop();
            if (next < executed && scope.ParametersChanged)
            {
                throw new InvalidOperationException($"The result of {node.Name} of shape {node.Spec.Shape} is read for the first time after parameters have changed in this step; it had not been kept. Read it before the update, or copy it out with Keep() in every step.");
            }
            Execute(node, Array.ConvertAll(node.Inputs, i => i >= 0 ? results[i] : outside[-1 - i]), results[next]);
        }
    }
}
