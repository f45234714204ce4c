namespace Pyrite.Autodiff;

/// <summary>One sweep from an output back to the wanted variables, latest operation first.</summary>
internal sealed class BackwardPass
{
    private readonly GradientNode[] wanted;
    private readonly Dictionary<GradientNode, bool> leadsToWanted = [];
    private readonly Dictionary<GradientNode, Tensor> gradients = [];
    private readonly List<GradientNode> reachable = [];

    public BackwardPass(ReadOnlySpan<Tensor> variables)
    {
        wanted = new GradientNode[variables.Length];
        for (int i = 0; i < variables.Length; i++)
        {
            wanted[i] = variables[i].Node!;
        }
    }

    /// <summary>The gradient of each wanted variable, or null where the output does not depend on it.</summary>
    public Tensor?[] Run(Tensor output, Tensor seed)
    {
        Tensor?[] results = new Tensor?[wanted.Length];
        if (output.Node is null)
        {
            return results;
        }
        Collect(output.Node);
        gradients[output.Node] = seed;
        for (int position = reachable.Count - 1; position >= 0; position--)
        {
            GradientNode node = reachable[position];
            if (!gradients.Remove(node, out Tensor? upstream))
            {
                continue;
            }
            for (int i = 0; i < wanted.Length; i++)
            {
                if (ReferenceEquals(wanted[i], node))
                {
                    results[i] = upstream;
                }
            }
            Propagate(node, upstream);
        }
        return results;
    }

    private void Propagate(GradientNode node, Tensor upstream)
    {
        ReadOnlySpan<Tensor> inputs = node.Inputs;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Node is { } next && leadsToWanted[next] && Pullback(node, upstream, i) is { } gradient)
            {
                gradients[next] = gradients.TryGetValue(next, out Tensor? sum) ? sum + gradient : gradient;
            }
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

    /// <summary>Lists what the output depends on, inputs before results, and which of it depends on a wanted variable.</summary>
    private void Collect(GradientNode root)
    {
        Stack<GradientNode> open = new();
        open.Push(root);
        leadsToWanted[root] = false;
        while (open.TryPop(out GradientNode? node))
        {
            reachable.Add(node);
            foreach (Tensor input in node.Inputs)
            {
                if (input.Node is { } next && leadsToWanted.TryAdd(next, false))
                {
                    open.Push(next);
                }
            }
        }
        reachable.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        foreach (GradientNode node in reachable)
        {
            bool leads = Array.IndexOf(wanted, node) >= 0;
            foreach (Tensor input in node.Inputs)
            {
                leads |= input.Node is { } next && leadsToWanted[next];
            }
            leadsToWanted[node] = leads;
        }
    }
}
