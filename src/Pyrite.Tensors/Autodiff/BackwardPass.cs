using Pyrite.Engine;
using Pyrite.Ops.Copies;

namespace Pyrite.Autodiff;

/// <summary>One sweep from an output back to the wanted variables, latest operation first.</summary>
/// <remarks>
/// Gradients of parts of a tensor wait, and are added in one pass: slices that a loop takes from a vector cost as much as the vector is long. The
/// additions of each element stay in their order, so the bits are those of adding whole tensors with zeros.
/// </remarks>
internal sealed class BackwardPass
{
    private const int FewWanted = 16;

    [ThreadStatic]
    private static BackwardPass? idle;

    private readonly GradientSlots slots = new();
    private readonly List<GradientNode> nodes;
    private GradientNode[] wanted = [];
    private Tensor?[] results = [];
    private Tensor?[] gradients = [];
    private bool[] leadsToWanted = [];
    private bool[] silent = [];   // operations that stand before a mask
    private Dictionary<GradientNode, int>? wantedIndex;
    private List<Parameter>? others;
    private Dictionary<GradientNode, List<GradientPart>>? parts;
    private IPassMemory? givingBack;
    private readonly Func<Tensor, bool> isAwaited;
    private int done;

    private BackwardPass()
    {
        nodes = slots.Nodes;
        isAwaited = IsAwaited;
    }

    /// <summary>The gradient of each wanted variable, or null where the output does not depend on it.</summary>
    /// <param name="variables">The wanted variables.</param>
    /// <param name="output">Where the sweep begins.</param>
    /// <param name="seed">The gradient there.</param>
    /// <param name="others">Takes the parameters that the output depends on, but that are not wanted; null if nobody asks.</param>
    public static Tensor?[] Run(ReadOnlySpan<Tensor> variables, Tensor output, Tensor seed, List<Parameter>? others) => output.Node is { } root
        ? Run(variables, new ReadOnlySpan<GradientNode>(in root), new ReadOnlySpan<Tensor>(in seed), others, isSilent: false)
        : new Tensor?[variables.Length];

    /// <summary>The gradient of each wanted variable for several outputs at once, or null where none of them depends on it.</summary>
    /// <param name="variables">The wanted variables.</param>
    /// <param name="roots">Where the sweep begins.</param>
    /// <param name="seeds">The gradient at each root; they are added in this order, before anything else.</param>
    /// <param name="others">Takes the parameters that the outputs depend on, but that are not wanted; null if nobody asks.</param>
    /// <param name="isSilent">Whether the gradients come from a mask; see <see cref="SilentZeros"/>.</param>
    public static Tensor?[] Run(ReadOnlySpan<Tensor> variables, ReadOnlySpan<GradientNode> roots, ReadOnlySpan<Tensor> seeds,
        List<Parameter>? others, bool isSilent)
    {
        // A gradient rule may ask for gradients itself: then the idle pass is taken and a new one is made.
        BackwardPass pass = idle ?? new BackwardPass();
        idle = null;
        pass.others = others;
        try
        {
            return pass.Sweep(variables, roots, seeds, isSilent);
        }
        finally
        {
            pass.Release();
            idle = pass;
        }
    }

    private Tensor?[] Sweep(ReadOnlySpan<Tensor> variables, ReadOnlySpan<GradientNode> roots, ReadOnlySpan<Tensor> seeds, bool isSilent)
    {
        Prepare(variables);
        slots.Collect(roots);
        FindLeads();

        // Gradients of gradients may read everything again.
        IPassMemory? memory = NoGradient.IsOff ? null : StepScope.Watching?.PassMemory;
        int large = memory?.Large ?? 0;
        givingBack = memory?.TryBegin(nodes) == true ? memory : null;
        for (int i = 0; i < roots.Length; i++)
        {
            Add(roots[i], seeds[i]);
            Silence(roots[i], isSilent);
        }
        for (int slot = 0; slot < nodes.Count; slot++)
        {
            AddParts(nodes[slot]);
            if (gradients[slot] is { } upstream)
            {
                gradients[slot] = null;
                Propagate(nodes[slot], upstream, silent[slot]);
                if (memory is not null && memory.Large > large && parts is not { Count: > 0 })
                {
                    done = slot;
                    memory.GiveBack(large, isAwaited);
                }
            }
            givingBack?.Pass(slot);
        }
        for (int i = 0; i < wanted.Length; i++)
        {
            AddParts(wanted[i]);
            results[i] ??= results[IndexOfWanted(wanted[i])];
        }
        return results;
    }

    /// <summary>Whether operations that are still to come, or the caller, read memory.</summary>
    private bool IsAwaited(Tensor made)
    {
        for (int slot = done + 1; slot < nodes.Count; slot++)
        {
            if (gradients[slot] is { } waiting && waiting.SharesMemory(made))
            {
                return true;
            }
        }
        return Array.Exists(results, result => result is not null && result.SharesMemory(made));
    }

    private void Prepare(ReadOnlySpan<Tensor> variables)
    {
        wanted = new GradientNode[variables.Length];
        results = new Tensor?[variables.Length];
        wantedIndex = variables.Length > FewWanted ? [] : null;
        for (int i = 0; i < wanted.Length; i++)
        {
            wanted[i] = variables[i].Node!;
            wantedIndex?.TryAdd(wanted[i], i);
        }
    }

    /// <summary>Finds which operations depend on a wanted variable.</summary>
    private void FindLeads()
    {
        if (gradients.Length < nodes.Count)
        {
            gradients = new Tensor?[Math.Max(64, 2 * nodes.Count)];
            leadsToWanted = new bool[gradients.Length];
            silent = new bool[gradients.Length];
        }
        for (int slot = nodes.Count - 1; slot >= 0; slot--)
        {
            GradientNode node = nodes[slot];
            bool leads = IndexOfWanted(node) >= 0;
            foreach (Tensor input in node.Inputs)
            {
                if (input.Node is { } next)
                {
                    bool isLead = Leads(next);
                    leads |= isLead;
                    NoteOther(next, isLead);
                }
            }
            leadsToWanted[slot] = leads;
            silent[slot] = false;
        }
    }

    private void NoteOther(GradientNode next, bool isLead)
    {
        if (!isLead && others is not null && next is VariableNode { Parameter: { } other } && !others.Contains(other))
        {
            others.Add(other);
        }
    }

    private bool Leads(GradientNode node) => node.IsLeaf ? IndexOfWanted(node) >= 0 : leadsToWanted[slots.Of(node)];

    private int IndexOfWanted(GradientNode node)
    {
        if (wantedIndex is not null)
        {
            return wantedIndex.GetValueOrDefault(node, -1);
        }
        for (int i = 0; i < wanted.Length; i++)
        {
            if (ReferenceEquals(wanted[i], node))
            {
                return i;
            }
        }
        return -1;
    }

    private void Propagate(GradientNode node, Tensor upstream, bool isSilent)
    {
        int index = IndexOfWanted(node);
        if (index >= 0)
        {
            results[index] = upstream;
        }
        if (isSilent)
        {
            PropagateSilently(node, upstream);
            return;
        }
        bool silences = node.Silences;
        ReadOnlySpan<Tensor> inputs = node.Inputs;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Node is { } next && Leads(next) && TryAdd(next, node, upstream, i) && silences)
            {
                Silence(next);
            }
        }
    }

    private void PropagateSilently(GradientNode node, Tensor upstream)
    {
        ReadOnlySpan<Tensor> inputs = node.Inputs;
        bool before = SilentZeros.Switch(true);
        try
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                if (inputs[i].Node is { } next && Leads(next) && TryAdd(next, node, upstream, i))
                {
                    Silence(next);
                }
            }
        }
        finally
        {
            SilentZeros.Switch(before);
        }
    }

    private void Silence(GradientNode next, bool isSilent = true)
    {
        if (isSilent && !next.IsLeaf)
        {
            silent[slots.Of(next)] = true;
        }
    }

    /// <summary>Adds what an operation gives to one of its inputs; false where that is nothing.</summary>
    private bool TryAdd(GradientNode next, GradientNode node, Tensor upstream, int input)
    {
        if (node.MayReadPart && !AnomalyMode.IsOn && node.Part(upstream) is { } part)
        {
            parts ??= new Dictionary<GradientNode, List<GradientPart>>(ReferenceEqualityComparer.Instance);
            if (!parts.TryGetValue(next, out List<GradientPart>? waiting))
            {
                parts[next] = waiting = [];
            }
            waiting.Add(part);
            return true;
        }
        if (Pullback(node, upstream, input) is { } gradient)
        {
            AddParts(next);
            Add(next, gradient);
            return true;
        }
        return false;
    }

    /// <summary>Adds the gradients of parts that wait.</summary>
    private void AddParts(GradientNode node)
    {
        if (parts is not null && parts.Remove(node, out List<GradientPart>? waiting))
        {
            ref Tensor? sum = ref node.IsLeaf ? ref results[IndexOfWanted(node)] : ref gradients[slots.Of(node)];
            sum = PartSumOperation.Of(sum, waiting);
        }
    }

    private void Add(GradientNode node, Tensor gradient)
    {
        if (!node.IsLeaf)
        {
            ref Tensor? sum = ref gradients[slots.Of(node)];
            sum = sum is null ? gradient : sum + gradient;
            return;
        }
        int index = IndexOfWanted(node);
        if (index >= 0)
        {
            results[index] = results[index] is { } sum ? sum + gradient : gradient;
        }
    }

    private static Tensor? Pullback(GradientNode node, Tensor upstream, int input)
    {
        if (!AnomalyMode.IsOn)
        {
            return node.Pullback(upstream, input);
        }

        // The rule as a whole is checked, and blamed on the operation it belongs to.
        Tensor? gradient;
        using (AnomalyMode.Suspend())
        {
            gradient = node.Pullback(upstream, input);
        }
        if (gradient is not null)
        {
            AnomalyMode.CheckBackward(node, upstream, gradient, input);
        }
        return gradient;
    }

    private void Release()
    {
        givingBack?.End();
        Array.Clear(gradients, 0, Math.Min(gradients.Length, nodes.Count));
        slots.Release();
        wantedIndex = null;
        others = null;
        parts = null;
        wanted = [];
        results = [];
    }
}
