using Pyrite.Engine;

namespace Pyrite.Autodiff;

/// <summary>The operations that the outputs of a backward pass depend on, each with a slot: results before inputs.</summary>
/// <remarks>A node remembers its slot while a pass owns it; where two threads sweep over the same operations at once, the second one looks its
/// slots up in a dictionary instead.</remarks>
internal sealed class GradientSlots
{
    private readonly List<GradientNode> nodes = [];
    private readonly Stack<GradientNode> open = new();
    private Dictionary<GradientNode, int>? slots;

    /// <summary>The operations, by slot.</summary>
    public List<GradientNode> Nodes => nodes;

    /// <summary>Gives a slot to every operation that the outputs depend on.</summary>
    /// <param name="roots">Where the sweep begins.</param>
    public void Collect(ReadOnlySpan<GradientNode> roots)
    {
        if (!TryCollect(roots))
        {
            Release();
            slots = [];
            TryCollect(roots);
        }
        for (int i = 1; i < nodes.Count; i++)
        {
            if (nodes[i - 1].Order < nodes[i].Order)
            {
                nodes.Sort(static (a, b) => b.Order.CompareTo(a.Order));
                break;
            }
        }
        for (int slot = 0; slot < nodes.Count; slot++)
        {
            if (slots is null)
            {
                nodes[slot].Slot = slot;
            }
            else
            {
                slots[nodes[slot]] = slot;
            }
        }
    }

    /// <summary>The slot of an operation.</summary>
    public int Of(GradientNode node) => slots is null ? node.Slot : slots[node];

    /// <summary>Forgets all operations, which others may own then.</summary>
    public void Release()
    {
        if (slots is null)
        {
            foreach (GradientNode node in nodes)
            {
                Volatile.Write(ref node.Owner, null);
            }
        }
        nodes.Clear();
        open.Clear();
        slots = null;
    }

    /// <summary>Gives a place to every operation that the outputs depend on; false where another thread owns one of them.</summary>
    private bool TryCollect(ReadOnlySpan<GradientNode> roots)
    {
        foreach (GradientNode root in roots)
        {
            if (!TryVisit(root))
            {
                return false;
            }
        }
        while (open.TryPop(out GradientNode? node))
        {
            foreach (Tensor input in node.Inputs)
            {
                if (input.Node is { } next && !TryVisit(next))
                {
                    return false;
                }
            }
        }
        return true;
    }

    private bool TryVisit(GradientNode node)
    {
        if (node.IsLeaf)
        {
            return true;
        }
        object? owner = slots is null ? Interlocked.CompareExchange(ref node.Owner, this, null) : slots.TryAdd(node, 0) ? null : this;
        if (owner is null)
        {
            nodes.Add(node);
            open.Push(node);
        }
        return owner is null || ReferenceEquals(owner, this);
    }
}
