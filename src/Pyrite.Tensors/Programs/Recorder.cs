using Pyrite.Engine;

namespace Pyrite.Programs;

/// <summary>Watches the operations of one step: the first time it runs and records them; when the same stream comes again it only checks them,
/// and runs the planned program when a value is read.</summary>
/// <remarks>Where the stream differs from the recorded one, what is pending runs operation by operation and recording goes on from there.</remarks>
internal sealed class Recorder : IStepRecorder
{
    private readonly StepResults results;
    private readonly StepScope scope;
    private readonly StreamCache cache;
    private readonly StreamMatcher matcher;
    private readonly PendingChecks checks = new();
    private bool isReplaying;
    private bool isFresh, isPutOff;
    private int executed;
    private int lastCut;

    /// <summary>What watches the steps of a scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="cache">The streams it may follow.</param>
    public Recorder(StepScope scope, StreamCache cache)
    {
        this.scope = scope;
        this.cache = cache;
        results = new StepResults(this);
        Returned = new ReturnedResults(results, scope, Recover);
        matcher = new StreamMatcher(this, results.Outside);
        Gradients = new StepGradients(this, results);
        Calls = new StepCalls(this, results, matcher);
    }

    /// <summary>The recorder of the innermost step of this thread; null outside of steps and while a program runs.</summary>
    public static Recorder? Current => StepScope.Current is { Recorder: { IsExecuting: false, IsOn: true } recorder } ? recorder : null;

    /// <summary>The gradient graph of the step, and its calls for gradients.</summary>
    public StepGradients Gradients { get; }

    IStepGradients IStepRecorder.Gradients => Gradients;

    /// <summary>The calls of pure functions in the step.</summary>
    public StepCalls Calls { get; }

    /// <summary>What a backward pass has given back.</summary>
    public ReturnedResults Returned { get; }

    IPassMemory IStepRecorder.PassMemory => Returned;

    /// <summary>Where results shall be put.</summary>
    public OutputPlaces Places { get; } = new();

    /// <summary>Whether the operations of the step follow a recorded stream.</summary>
    public bool IsReplaying => isReplaying;

    /// <summary>The operations of the step so far; null before the first one.</summary>
    public RecordedStream? Recorded => results.Stream;

    /// <summary>The results of the step so far.</summary>
    public StepResults Results => results;

    /// <summary>Takes in operations on lifted tensors; null where there are none.</summary>
    public ILifting? Lifting { get; set; }

    /// <summary>The checks of a step that is recorded afresh; null in other steps.</summary>
    public List<StepCheck>? Noted { get; private set; }

    public bool KeepsOutsideTensors => Noted is not null;

    /// <summary>The places that read values of the step; null where nobody asked for them.</summary>
    public ReadPlaces? Reads { get; private set; }

    /// <summary>Whether nothing has run since the operation of a given number was issued, except by itself.</summary>
    public bool IsUncutSince(int index) => isReplaying ? executed <= index : lastCut <= index;

    public int StepNumber { get; private set; }

    public int Thread { get; } = Environment.CurrentManagedThreadId;

    public bool IsExecuting { get; private set; }

    private bool IsOn { get; set; }

    /// <summary>Begins a step.</summary>
    public void Begin()
    {
        StepNumber++;
        IsOn = true;
        results.Stream = null;
        isReplaying = false;
        executed = 0;
        lastCut = 0;
        Gradients.Begin();
        Calls.Begin();
        Places.Clear();
        Returned.Clear();
        (Noted, Reads, isFresh, isPutOff, Lifting) = (null, null, false, false, null);
    }

    /// <summary>Lets this step follow no earlier one, and leaves it out of the cache: its owner may want nothing to run before it is read.</summary>
    public void RecordAfresh(bool notesReads = false, bool isPutOff = false) =>
        (Noted, Reads, isFresh, this.isPutOff) = ([], notesReads ? new ReadPlaces() : null, true, isPutOff);

    /// <summary>Lets this step follow no earlier one, and leaves it out of the cache, but takes it for the step that it is.</summary>
    public void RecordForDescription() => (Reads, isFresh) = (new ReadPlaces(), true);

    /// <summary>Ends a step: what nobody read is never computed.</summary>
    public void End()
    {
        if (results.Stream is { } stream)
        {
            stream.Complete(isNew: !isReplaying);
            if (!isFresh)
            {
                cache.Add(stream);
            }
        }
        StepNumber++;
        IsOn = false;
        checks.Clear();
        results.Clear();
    }

    public OperationDoor<TOperation> DoorOf<TOperation>()
        where TOperation : struct, IOperation => new RecorderDoor<TOperation>();

    /// <summary>The result of an operation: pending where the stream is known, computed where it is new.</summary>
    public Tensor Apply<TOperation>(in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, bool isAlias)
        where TOperation : struct, IOperation
    {
        int index = results.Count;
        if (index == 0 && results.Stream is null)
        {
            RecordedStream? known = isFresh ? null : matcher.Start(cache, operation, spec, inputs);
            isReplaying = known is not null;
            results.Stream = known ?? new RecordedStream();
            if (isReplaying)
            {
                return Defer(index, inputs);
            }
        }
        else if (isReplaying)
        {
            if (matcher.Accepts(results.Stream!, index, operation, spec, inputs))
            {
                return Defer(index, inputs);
            }
            if (matcher.Switch(cache, results.Stream!, executed, index, operation, spec, inputs) is { } other)
            {
                Switch(other, index);
                return Defer(index, inputs);
            }
            StopReplaying();
        }
        return Record(operation, spec, inputs, isAlias);
    }

    public void NoteRead(Tensor tensor)
    {
        int index = tensor.RecordedIndex;
        Reads?.Add(index);
        if (!isReplaying)
        {
            results.Stream?.Escapes.Add(index);
            if (index >= lastCut)
            {
                Cut();
            }
        }
        else if (index >= executed)
        {
            Flush();
        }
        Bind(tensor);
    }

    /// <summary>Gives a result of this step its memory, computed again if no program kept it.</summary>
    private void Bind(Tensor tensor)
    {
        if (tensor.HasMemory || results.Stream is null)
        {
            return;
        }
        if (!results[tensor.RecordedIndex].HasMemory)
        {
            Recover(tensor.RecordedIndex);
        }
        tensor.PointTo(results[tensor.RecordedIndex], 0);
    }

    /// <summary>Tests a condition on a result of this step as soon as the result is there; later steps keep it.</summary>
    public void Check(in StepCheck check)
    {
        Noted?.Add(check);
        Calls.AddCheck(check);
        if (isPutOff || (isReplaying && check.Verdict.RecordedIndex >= executed))
        {
            checks.Add(check);
            return;
        }
        if (!isReplaying)
        {
            results.Stream?.Escapes.Add(check.Verdict.RecordedIndex);
        }
        checks.Add(check);
        TestChecks();
    }

    /// <summary>Drops a condition that another one takes the place of.</summary>
    public void DropCheck(ICheckSubject subject, string? part) => checks.Drop(subject, part, Noted, results.Stream);

    /// <summary>Runs what is pending: something that it depends on is about to change.</summary>
    public void Settle()
    {
        if (isReplaying)
        {
            Flush();
        }
        else if (results.Stream is not null)
        {
            Cut();
        }
    }

    private void Cut()
    {
        if (results.Count > lastCut)
        {
            lastCut = results.Count;
            results.Stream?.Cuts.Add(lastCut);
        }
    }

    /// <summary>The result of an operation that is known; its gradient graph is made when somebody asks, unless it reaches out of the step.</summary>
    private Tensor Defer(int index, ReadOnlySpan<Tensor> inputs)
    {
        RecordedNode node = results.Stream!.Nodes[index];
        Tensor pending = Tensor.Recorded(node.Spec, this, index);
        results.Add(pending);
        if (node.Targets is { } targets)
        {
            pending.Track(index,
                index >= results.Stream.FirstForeign && targets.AsSpan().Contains(GradientTarget.Foreign)
                    ? Gradients.BuildNode(node, inputs, pending)
                    : null);
        }
        return pending;
    }

    /// <summary>Runs an operation at once and notes it.</summary>
    private Tensor Record<TOperation>(in TOperation operation, in TensorSpec spec, ReadOnlySpan<Tensor> inputs, bool isAlias)
        where TOperation : struct, IOperation
    {
        int index = results.Count;
        int[] sources = results.NumbersOf(inputs);
        GradientTarget[]? targets = Executor.IsTracked(spec.DType, inputs) ? results.TargetsOf(inputs) : null;
        RecordedOperation<TOperation> node = new(operation, spec, sources, targets, isAlias);
        Tensor output = Tensor.Recorded(spec, this, index);
        if (!isPutOff)
        {
            Execute(node, inputs, output);
        }
        if (targets is not null)
        {
            output.Track(index, isPutOff ? null : Gradients.BuildNode(node, inputs, output));
        }
        results.AddMade(output, ownsMemory: !isAlias && !isPutOff);
        results.Stream!.Nodes.Add(node);
        executed = results.Count;
        if (executed > StepLength.Most)
        {
            Gradients.BuildNodes();
            Returned.Restore();
            Returned.Clear();
            IsOn = false;
            results.Stream = null;
            StepLength.Tell();
        }
        return output;
    }

    private void Execute(RecordedNode node, ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        bool nested = IsExecuting;
        IsExecuting = true;
        try
        {
            foreach (Tensor input in inputs)
            {
                // Tensors of outer steps may be pending there; a result of this step may not have been kept, and another tensor for it may not
                // know its memory yet.
                if (ReferenceEquals(input.Recorder, this))
                {
                    Bind(input);
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
        if (results.Stream!.Plan(executed, end) is not { } slot)
        {
            StopReplaying();
            Cut();
            return;
        }
        foreach (Tensor tensor in results.Outside)
        {
            tensor.Materialize();
        }
        StreamPlan plan = slot.Next();
        results.Prepare(slot.Escapes);
        IsExecuting = true;
        try
        {
            plan.Run(results.Known, results.Outside, scope);
        }
        finally
        {
            IsExecuting = false;
        }
        executed = end;
        TestChecks();
    }

    /// <summary>Looks at the verdicts, which is no read of the user's: the program is not cut for them.</summary>
    private void TestChecks()
    {
        bool nested = IsExecuting;
        IsExecuting = true;
        StepCheck? failed = checks.TakeFailed();
        IsExecuting = nested;
        failed?.Test();
    }

    /// <summary>Goes on along another stream that began alike: what its later segments need may have been dropped by the plans that ran.</summary>
    private void Switch(RecordedStream other, int index)
    {
        foreach (int needed in other.Escapes)
        {
            if (needed < executed && !results[needed].HasMemory)
            {
                Recover(needed);
            }
        }
        other.TakeOver(results.Stream!, index);
        results.Stream = other;
    }

    /// <summary>Computes pending results one by one and records from here on.</summary>
    private void StopReplaying()
    {
        RecordedStream known = results.Stream!;
        results.Stream = known.Prefix(results.Count, results.Outside.Count, executed);
        isReplaying = false;
        Gradients.BuildNodes();
        lastCut = known.Cuts.Where(c => c <= executed).DefaultIfEmpty(0).Max();
        results.Stream.Cuts.RemoveWhere(c => c > executed);
        for (int i = executed; i < results.Count; i++)
        {
            Recover(i);
        }
        executed = results.Count;
        results.Stream.Escapes.UnionWith(checks.Verdicts);
        TestChecks();
    }

    /// <summary>Computes one result, and what it needs, that a program had no reason to keep.</summary>
    private void Recover(int index)
    {
        if (index < executed && isReplaying)
        {
            results.Stream!.AddEscape(index);
        }
        foreach (int next in results.Missing(index))
        {
            RecordedNode node = results.Stream!.Nodes[next];
            Returned.RequireSources(node, next, executed);
            Execute(node, Array.ConvertAll(node.Inputs, input => Returned.Source(input, next)), results[next]);
        }
    }
}
