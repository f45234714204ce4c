using System.Runtime.InteropServices;

namespace Pyrite.Programs;

/// <summary>The results of a step's operations and the tensors from outside that they read, by number.</summary>
internal sealed class StepResults(Recorder recorder)
{
    /// <summary>Results of so many bytes are given back when nobody waits for them.</summary>
    public const int LargeBytes = 64 * 1024;

    // Results whose tensors nobody has asked for yet are null.
    private readonly List<Tensor?> tensors = [];
    private readonly List<int> large = [];

    /// <summary>The operations, recorded or replayed; null before the first one, and where they are not watched any more.</summary>
    public RecordedStream? Stream { get; set; }

    /// <summary>The tensors from outside, by slot.</summary>
    public List<Tensor> Outside { get; } = [];

    /// <summary>How many large results have been made one by one, and not given back.</summary>
    public int Large => large.Count;

    /// <summary>Which results those are; some of them may have been given back.</summary>
    public IReadOnlyList<int> LargeIndices => large;

    /// <summary>The number of operations so far.</summary>
    public int Count => tensors.Count;

    /// <summary>All results; those that nobody asked for and no plan hands over are null.</summary>
    public List<Tensor> Known => tensors!;

    /// <summary>The tensor of a result, made when it is first asked for.</summary>
    public Tensor this[int index] => tensors[index] ?? Make(index);

    /// <summary>Adds the result of the next operation.</summary>
    public void Add(Tensor result) => tensors.Add(result);

    /// <summary>Adds the result of an operation that has just run.</summary>
    public void AddMade(Tensor result, bool ownsMemory)
    {
        if (ownsMemory && result.Shape.Count * result.DType.ByteSize >= LargeBytes)
        {
            large.Add(tensors.Count);
        }
        tensors.Add(result);
    }

    /// <summary>Gives back the memory of large results that were made one by one.</summary>
    /// <param name="first">The number of the first of them.</param>
    /// <param name="isAwaited">Whether memory is still needed.</param>
    /// <param name="scope">Where the memory came from.</param>
    public void GiveBack(int first, Func<Tensor, bool> isAwaited, StepScope scope)
    {
        for (int i = large.Count - 1; i >= first; i--)
        {
            if (!isAwaited(this[large[i]]))
            {
                this[large[i]].GiveBack(scope);
                large.RemoveAt(i);
            }
        }
    }

    /// <summary>Makes sure that results have their tensors.</summary>
    public void Prepare(int[] indices)
    {
        foreach (int index in indices)
        {
            _ = this[index];
        }
    }

    /// <summary>Takes the operations up to a number as issued; their tensors are made when somebody asks.</summary>
    public void Extend(int count) => CollectionsMarshal.SetCount(tensors, count);

    /// <summary>Forgets everything at the end of a step.</summary>
    public void Clear()
    {
        tensors.Clear();
        large.Clear();
        Outside.Clear();
        Stream = null;
    }

    /// <summary>The tensor behind an input's number.</summary>
    public Tensor Source(int number) => number >= 0 ? this[number] : Outside[-1 - number];

    /// <summary>The number of an input, which is remembered if it comes from outside.</summary>
    public int NumberOf(Tensor input)
    {
        if (ReferenceEquals(input.Recorder, recorder))
        {
            return input.RecordedIndex;
        }
        int slot = Outside.IndexOf(input);
        if (slot < 0)
        {
            slot = Outside.Count;
            Outside.Add(input);
            Stream!.Outside.Add(OutsideSpec.Of(input));
        }
        return -1 - slot;
    }

    /// <summary>The numbers of an operation's inputs.</summary>
    public int[] NumbersOf(ReadOnlySpan<Tensor> inputs)
    {
        int[] numbers = new int[inputs.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = NumberOf(inputs[i]);
        }
        return numbers;
    }

    /// <summary>Where the gradients of the next operation's inputs go.</summary>
    public GradientTarget[] TargetsOf(ReadOnlySpan<Tensor> inputs)
    {
        GradientTarget[] targets = new GradientTarget[inputs.Length];
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = GradientTarget.Of(inputs[i], recorder);
            if (targets[i] == GradientTarget.Foreign)
            {
                Stream!.FirstForeign = Math.Min(Stream.FirstForeign, Count);
            }
        }
        return targets;
    }

    /// <summary>The results without memory that a result needs, itself the last, each after what it needs.</summary>
    public List<int> Missing(int index)
    {
        List<int> missing = [];
        HashSet<int> listed = [];
        Stack<int> open = new([index]);
        while (open.TryPeek(out int next))
        {
            int[] inputs = Stream!.Nodes[next].Inputs;
            int needed = this[next].HasMemory ? -1 : Array.FindIndex(inputs, i => i >= 0 && !this[i].HasMemory && !listed.Contains(i));
            if (needed >= 0)
            {
                open.Push(inputs[needed]);
                continue;
            }
            open.Pop();
            if (!this[next].HasMemory && listed.Add(next))
            {
                missing.Add(next);
            }
        }
        return missing;
    }

    private Tensor Make(int index)
    {
        RecordedNode node = Stream!.Nodes[index];
        Tensor made = Tensor.Recorded(node.Spec, recorder, index);
        if (node.Targets is not null)
        {
            made.Track(index);
        }
        tensors[index] = made;
        return made;
    }
}
