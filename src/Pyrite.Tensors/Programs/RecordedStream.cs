namespace Pyrite.Programs;

/// <summary>The operations of one kind of step, in order, with what is known of how their results are used.</summary>
internal sealed class RecordedStream
{
    // Few, so looking through them is the quickest.
    private readonly List<PlanSlot> plans = [];

    /// <summary>The operations.</summary>
    public List<RecordedNode> Nodes { get; } = [];

    /// <summary>What the tensors from outside look like, by slot, in the order of their first use.</summary>
    public List<OutsideSpec> Outside { get; } = [];

    /// <summary>Positions at which something was read, so that all operations before had to run.</summary>
    public HashSet<int> Cuts { get; } = [];

    /// <summary>Results that somebody outside of the program reads.</summary>
    public HashSet<int> Escapes { get; } = [];

    /// <summary>The calls for gradients, by their first node.</summary>
    public Dictionary<int, RecordedGradient> Gradients { get; } = [];

    /// <summary>The first node whose gradient goes to a graph that the stream does not know.</summary>
    public int FirstForeign { get; set; } = int.MaxValue;

    /// <summary>A new stream that begins as this one.</summary>
    /// <param name="length">How many operations they share.</param>
    /// <param name="outsideCount">How many outside tensors those read.</param>
    /// <param name="executed">How many of them ran as planned: what escaped from their plans still does, the rest is not known to be read.</param>
    public RecordedStream Prefix(int length, int outsideCount, int executed)
    {
        RecordedStream copy = new();
        copy.Nodes.AddRange(Nodes.GetRange(0, length));
        copy.Outside.AddRange(Outside.GetRange(0, outsideCount));
        copy.Escapes.UnionWith(Escapes.Where(e => e < executed));
        copy.Cuts.UnionWith(Cuts.Where(c => c < length));
        copy.FirstForeign = FirstForeign < length ? FirstForeign : int.MaxValue;
        foreach (RecordedGradient call in Gradients.Values.Where(g => g.End <= length))
        {
            copy.Gradients[call.Start] = call;
        }
        return copy;
    }

    /// <summary>Adds what follows from the cuts: a result that a later segment uses must outlive its own.</summary>
    /// <param name="isNew">Whether the stream was recorded; one that was replayed is complete.</param>
    public void Complete(bool isNew)
    {
        if (!isNew)
        {
            return;
        }
        int[] cuts = [.. Cuts.Order()];
        int segment = 0;
        for (int i = 0; i < Nodes.Count; i++)
        {
            while (segment < cuts.Length && cuts[segment] <= i)
            {
                segment++;
            }
            int start = segment == 0 ? 0 : cuts[segment - 1];
            foreach (int input in Nodes[i].Inputs)
            {
                if (input >= 0 && input < start)
                {
                    Escapes.Add(input);
                }
            }
        }
    }

    /// <summary>Where the plan of a segment stands; null where the stream was never cut at its end.</summary>
    public PlanSlot? Plan(int start, int end)
    {
        foreach (PlanSlot known in plans)
        {
            if (known.Spans(start, end))
            {
                return known;
            }
        }
        if (!Cuts.Contains(end))
        {
            return null;
        }
        PlanSlot slot = new(this, start, end);
        plans.Add(slot);
        return slot;
    }

    /// <summary>The plans that have run, in words.</summary>
    public IEnumerable<PlanSegment> Planned => plans.Select(slot => slot.Description).OfType<PlanSegment>();

    /// <summary>Notes a result that is read from now on; the plans are made anew.</summary>
    public void AddEscape(int index)
    {
        if (Escapes.Add(index))
        {
            plans.Clear();
        }
    }

    /// <summary>Takes over, from a stream that starts like this one, the numbers of its first operations.</summary>
    public void TakeOver(RecordedStream other, int length)
    {
        for (int i = 0; i < length; i++)
        {
            Nodes[i].TakeOver(other.Nodes[i]);
        }
    }

    /// <summary>Whether a stream has the same first operations.</summary>
    public bool StartsLike(RecordedStream other, int length)
    {
        if (Nodes.Count <= length)
        {
            return false;
        }
        for (int i = 0; i < length; i++)
        {
            if (!ReferenceEquals(Nodes[i], other.Nodes[i]) && !Nodes[i].IsSame(other.Nodes[i]))
            {
                return false;
            }
        }
        return true;
    }
}
