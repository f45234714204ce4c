using System.Diagnostics;
using System.Runtime.CompilerServices;
using Pyrite.Engine;
using Pyrite.Kernels.Memory;
using Pyrite.Ops.Elementwise;
using Pyrite.Ops.Indexing;
using Pyrite.Text;

namespace Pyrite;

/// <summary>An immutable array of numbers with any number of axes, through which gradients flow.</summary>
/// <remarks>Logical order is row-major, images are [N, C, H, W]. Operators and ways to make tensors stand here; functions of a tensor are extension
/// members in files of their own. Memory belongs to the garbage collector, or to the open <see cref="StepScope"/>. A number converts to a scalar that
/// takes the type of its partner.</remarks>
[DebuggerDisplay("{DebugText,nq}")]
public sealed partial class Tensor : IElements
{
    // The value of a C# number, or what an image remembers of its origin: one field, because every operation makes a tensor.
    private object? attachment;
    private Storage? storage;
    private IStepRecorder? recorder;
    private GradientNode? node;
    private int generation;
    private int byteOffset;
    private int stepNumber;

    private Tensor(Shape shape, DType type, Layout layout, Storage? storage)
    {
        Shape = shape;
        DType = type;
        Layout = layout;
        this.storage = storage;
        generation = storage?.Generation ?? 0;
    }

    private Tensor(double value)
        : this(Shape.Scalar, DType.Float64, Layout.RowMajor, null)
    {
        attachment = value;
        IsWeak = true;
    }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>The type of the elements.</summary>
    public DType DType { get; }

    /// <summary>The number of axes.</summary>
    public int Rank => Shape.Rank;

    /// <summary>The number of elements.</summary>
    public int Count => checked((int)Shape.Count);

    /// <summary>Whether gradients can flow to or through this tensor.</summary>
    public bool RequiresGradient => node is not null;

    /// <summary>Whether this came from a C# number, so that it takes the type of whatever it meets.</summary>
    public bool IsWeak { get; }

    /// <summary>The tensor whose sigmoid this is, where it is known: densities then work from the logits, exactly in the tails.</summary>
    public Tensor? SigmoidArgument
    {
        get => attachment as Tensor;
        internal set => Origin = value;
    }

    /// <summary>What this was made of, for densities that know a better way than through the rounded elements: the argument of a sigmoid, or what a
    /// library above attaches; null for nothing.</summary>
    /// <remarks>Only who made a tensor may attach something. Copies that are cut off from gradients remember nothing; of plain numbers nothing is
    /// remembered.</remarks>
    public object? Origin
    {
        get => IsWeak ? null : attachment;
        set => attachment = IsWeak ? attachment : value;
    }

    /// <summary>Whether something was computed from <see cref="Origin"/> instead of the elements, so that no gradient flows through this
    /// tensor.</summary>
    /// <remarks>Set it when you compute from the origin of a tensor that is tracked: a gradient asked of the tensor itself is then refused.</remarks>
    public bool IsLookedThrough { get; set; }

    internal Layout Layout { get; }

    /// <summary>How this came about, as far as gradients can follow; null where they cannot.</summary>
    internal GradientNode? Node
    {
        get => ReferenceEquals(node, DeferredNode.Instance) ? node = LookUp() : node;
        set => node = value;
    }

    /// <summary>Whether the node is still to be looked up.</summary>
    internal bool IsDeferred => ReferenceEquals(node, DeferredNode.Instance);

    /// <summary>Whether this is what a step's recorder knows under its number, with the gradient history that belongs to it.</summary>
    internal bool IsResultOf(IStepRecorder step) => ReferenceEquals(Recorder, step) && NodeIndex == (node is null ? -1 : RecordedIndex);

    /// <summary>Whether this is a variable, at which gradients end.</summary>
    internal bool IsVariable => node is VariableNode;

    /// <summary>The operation of its step whose gradient rule applies to this tensor; -1 for none.</summary>
    internal int NodeIndex { get; private set; } = -1;

    /// <summary>The recorder of the step in which this tensor was made, while that step goes on.</summary>
    internal IStepRecorder? Recorder => recorder is not null && recorder.StepNumber == stepNumber ? recorder : null;

    /// <summary>Whether this is a result of a step that goes on, so that reading its elements would cut the step's program.</summary>
    public bool IsOfStep => Recorder is not null;

    /// <summary>Which operation of its step made this tensor.</summary>
    internal int RecordedIndex { get; private init; }

    /// <summary>The number of a weak scalar, which is known without a read.</summary>
    /// <exception cref="InvalidCastException">The tensor is not <see cref="IsWeak"/>.</exception>
    public double WeakValue => (double)attachment!;

    /// <summary>Elements by position, range, index arrays or mask, by NumPy's rules; gradients flow through.</summary>
    /// <param name="entries">One entry an axis, from the first; axes without one stay whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">A position is outside its axis.</exception>
    [IndexerName("Element")]
    public Tensor this[params ReadOnlySpan<TensorIndex> entries] => TensorIndexer.Of(this, entries);

    private string DebugText =>
        storage is not null && storage.Generation != generation ? $"Tensor {Shape} {DType} (its step scope has ended)" : ToString();

    /// <summary>A scalar from a C# number; alone it counts as the default precision.</summary>
    public static implicit operator Tensor(double value) => WeakNumbers.Of(value);

    /// <summary>The elements as text, long tensors summarized.</summary>
    public override string ToString() => TensorText.Format(this);

    /// <summary>The only element, as a double.</summary>
    /// <exception cref="InvalidOperationException">The tensor has more or less than one element.</exception>
    public double Item()
    {
        if (Shape.Count != 1)
        {
            throw new InvalidOperationException(
                $"Item() reads a tensor of one element; this one has shape {Shape}. Index it first, or use ToArray<double>().");
        }
        if (IsWeak)
        {
            return WeakValue;
        }
        return DType switch
        {
            DType.Float32 => Read<float>()[0],
            DType.Float64 => Read<double>()[0],
            DType.Int64 => Read<long>()[0],
            DType.UInt8 => Read<byte>()[0],
            _ => Read<bool>()[0] ? 1 : 0,
        };
    }

    /// <summary>A copy that outlives the open step scope; gradients do not flow through it.</summary>
    public Tensor Keep()
    {
        if (IsWeak)
        {
            return this;
        }
        Tensor source = this;
        return StepScope.Outside(() => source.Copy());
    }

    /// <summary>The same values, cut off from the gradient graph.</summary>
    public Tensor Detach() => node is null && Origin is null ? this : Untracked();

    /// <summary>The same tensor with its gradient history, as if it were made of nothing in particular.</summary>
    internal Tensor WithoutOrigin()
    {
        if (Origin is null)
        {
            return this;
        }
        Tensor twin = Untracked();
        twin.TakeHistory(this);
        twin.Origin = null;
        return twin;
    }

    /// <summary>Uninitialized memory in the open step scope, or of the garbage collector.</summary>
    internal static Tensor Allocate(in TensorSpec spec)
    {
        long bytes = checked(spec.Shape.Count * spec.DType.ByteSize);
        StepScope? scope = StepScope.Current;
        return new Tensor(spec.Shape, spec.DType, spec.Layout, scope is null ? Storage.Allocate(bytes) : scope.Rent(bytes));
    }

    /// <summary>Makes the gradient rule of an operation of this step apply to this tensor; without a node it is looked up when somebody
    /// asks.</summary>
    internal void Track(int index, GradientNode? known = null)
    {
        NodeIndex = index;
        node = known ?? DeferredNode.Instance;
    }

    /// <summary>Takes over the gradient history of a tensor that has the same value.</summary>
    internal void TakeHistory(Tensor source)
    {
        bool isSameStep = ReferenceEquals(Recorder, source.Recorder);
        node = isSameStep ? source.node : source.Node;
        NodeIndex = isSameStep ? source.NodeIndex : -1;
        Origin = source.Origin;
    }

    /// <summary>A tensor over memory whose owner will overwrite it; retiring the block beforehand makes the tensor stale.</summary>
    internal static Tensor Over(Storage storage, in TensorSpec spec) => new(spec.Shape, spec.DType, spec.Layout, storage);

    /// <summary>The result of a recorded operation that has not run yet.</summary>
    internal static Tensor Recorded(in TensorSpec spec, IStepRecorder recorder, int index) =>
        new(spec.Shape, spec.DType, spec.Layout, null) { recorder = recorder, stepNumber = recorder.StepNumber, RecordedIndex = index };

    /// <summary>A scalar that takes the type of whatever it meets.</summary>
    internal static Tensor Weak(double value) => new(value);

    /// <summary>A tensor without memory, for <see cref="PointTo(Storage, int)"/>.</summary>
    internal static Tensor Unbound(in TensorSpec spec) => new(spec.Shape, spec.DType, spec.Layout, null);

    /// <summary>The same values under the same shape as another object, for another gradient history.</summary>
    internal Tensor Untracked()
    {
        if (IsWeak)
        {
            return new Tensor(WeakValue);
        }
        if (Recorder is null)
        {
            // In a step that goes on, memory that was given back is made again when somebody reads.
            ThrowIfStale();
        }
        return new Tensor(Shape, DType, Layout, storage)
        {
            generation = generation,
            byteOffset = byteOffset,
            recorder = recorder,
            stepNumber = stepNumber,
            RecordedIndex = RecordedIndex
        };
    }

    /// <summary>The memory of another tensor under another shape.</summary>
    internal static Tensor Alias(Tensor source, in TensorSpec spec)
    {
        source.CheckAlive();
        return new Tensor(spec.Shape, spec.DType, spec.Layout, source.storage) { generation = source.generation, byteOffset = source.byteOffset };
    }

    /// <summary>Lets this tensor stand for a stretch of another one's memory.</summary>
    internal void PointTo(Tensor source, int elements)
    {
        source.CheckAlive();
        storage = source.storage;
        generation = source.generation;
        byteOffset = source.byteOffset + (elements * DType.ByteSize);
    }

    /// <summary>Lets this tensor stand for a block of memory, from a byte on.</summary>
    internal void PointTo(Storage block, int offset = 0)
    {
        storage = block;
        generation = block.Generation;
        byteOffset = offset;
    }

    /// <summary>Whether the elements stay at their address.</summary>
    internal bool IsPinned => storage is { IsPinned: true };

    /// <summary>Whether this shows the very elements of another tensor.</summary>
    internal bool IsView(Tensor other) => storage is not null && ReferenceEquals(storage, other.storage) && byteOffset == other.byteOffset;

    /// <summary>Whether the elements have been computed and are still there.</summary>
    internal bool HasMemory => IsWeak || (storage is not null && storage.Generation == generation);

    /// <summary>Whether this shows elements of another tensor's memory.</summary>
    internal bool SharesMemory(Tensor other) => storage is not null && ReferenceEquals(storage, other.storage);

    /// <summary>The block in which the elements stand; null where they are not there.</summary>
    internal Storage? Block => storage is not null && storage.Generation == generation ? storage : null;

    /// <summary>Whether the elements stand in a block.</summary>
    internal bool LiesIn(Storage block) => ReferenceEquals(storage, block);

    /// <summary>Whether the elements stand in a block from a byte on.</summary>
    internal bool LiesIn(Storage block, int offset) => ReferenceEquals(storage, block) && byteOffset == offset;

    /// <summary>Gives the memory back before its step ends.</summary>
    internal void GiveBack(StepScope scope)
    {
        if (HasMemory && storage is { } block)
        {
            scope.GiveBack(block);
        }
    }

    /// <summary>Computes the elements now, where the open step has put them off, and makes sure that they are still there.</summary>
    /// <remarks>Other threads may then read them. It ends a recorded program, as every read does.</remarks>
    /// <exception cref="InvalidOperationException">The step or batch that the tensor belongs to has ended.</exception>
    public void Materialize() => CheckAlive();

    /// <summary>A copy in fresh memory, without its gradient history.</summary>
    internal Tensor Copy()
    {
        Tensor copy = Allocate(new TensorSpec(Shape, DType, Layout));
        RawBytes().CopyTo(copy.WriteBytes());
        return copy;
    }

    /// <summary>The elements in storage order.</summary>
    internal ReadOnlySpan<T> Read<T>() where T : unmanaged => Elements<T>();

    /// <summary>The elements in storage order, to be written by the operation that makes this tensor, or by the owner of a parameter.</summary>
    internal Span<T> Write<T>() where T : unmanaged => Elements<T>();

    /// <summary>All bytes in storage order.</summary>
    internal ReadOnlySpan<byte> RawBytes() => WriteBytes();

    Span<byte> IElements.Bytes => WriteBytes();

    /// <summary>All bytes in storage order, to be written.</summary>
    internal Span<byte> WriteBytes()
    {
        CheckAlive();
        return storage!.Span<byte>(byteOffset, checked((int)(Shape.Count * DType.ByteSize)));
    }

    private GradientNode LookUp() => Recorder is { } step
        ? step.Gradients.NodeOf(NodeIndex)
        : throw new InvalidOperationException(
            $"A gradient was asked for through a tensor of shape {Shape} whose step scope has ended. Ask inside the scope.");

    private Span<T> Elements<T>() where T : unmanaged
    {
        if (DTypeProperties.Of<T>() != DType)
        {
            throw new InvalidOperationException(
                $"A {DType} tensor of shape {Shape} was read as {typeof(T).Name}. Convert it first: tensor.To(DType.{DTypeProperties.Of<T>()}).");
        }
        CheckAlive();
        return storage!.Span<T>(byteOffset, (int)Shape.Count);
    }

    private void CheckAlive()
    {
        if (recorder is not null && recorder.StepNumber == stepNumber)
        {
            StepThreadException.ThrowIfForeign(recorder.Thread, this);
            if (!recorder.IsExecuting)
            {
                recorder.NoteRead(this);
            }
        }
        if (storage is null && IsWeak)
        {
            Storage number = Storage.Allocate(sizeof(double));
            number.Span<double>(0, 1)[0] = WeakValue;
            storage = number;
        }
        ThrowIfStale();
    }

    private void ThrowIfStale()
    {
        if (storage is null ? Recorder is null : storage.Generation != generation)
        {
            throw new InvalidOperationException(
                $"A tensor of shape {Shape} was used after the step scope or loader batch that it belongs to had ended; its memory has been "
                    + "recycled. Use it inside the scope, or copy it out with Keep().");
        }
    }
}
