namespace Pyrite.Inference.Fitting;

/// <summary>Hands the gradients of a step to the optimizers of their parameters.</summary>
internal sealed class ParameterUpdates(ParamStore parameters, Optimizer main)
{
    // Added to the norm, as torch.nn.utils.clip_grad_norm_ does.
    private const double NormSlack = 1e-6;
    private const int MainGroup = -1;

    private readonly Dictionary<Parameter, int> groupOf = [];

    /// <summary>Parameters with optimizers of their own; the first that applies counts.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; init; } = [];

    /// <summary>The largest norm of all gradients together; larger ones are scaled down.</summary>
    public double? MaxNorm { get; init; }

    /// <summary>All optimizers, the main one first; null for parameters that stay as they are.</summary>
    public IEnumerable<Optimizer?> Optimizers => Groups.Select(group => group.Optimizer).Prepend(main);

    /// <summary>The gradients scaled so that their common norm is not too large; nothing is read.</summary>
    public Tensor?[] Clip(Tensor?[] gradients)
    {
        if (MaxNorm is not { } limit)
        {
            return gradients;
        }
        Tensor? squares = null;
        foreach (Tensor? gradient in gradients)
        {
            if (gradient is not null)
            {
                Tensor term = gradient.Square().Sum();
                squares = squares is null ? term : squares + term;
            }
        }
        if (squares is null)
        {
            return gradients;
        }
        Tensor scale = limit / (squares.Sqrt() + NormSlack);
        scale = Tensor.Where(scale < 1, scale, 1.0);
        return Array.ConvertAll(gradients, gradient => gradient is null ? null : gradient * scale.To(gradient.DType));
    }

    /// <summary>Changes the parameters.</summary>
    public void Apply(List<Parameter> used, Tensor?[] gradients)
    {
        if (Groups.Count == 0)
        {
            main.Update(used, gradients);
            return;
        }
        Update(main, MainGroup, used, gradients);
        for (int i = 0; i < Groups.Count; i++)
        {
            if (Groups[i].Optimizer is { } optimizer)
            {
                Update(optimizer, i, used, gradients);
            }
        }
    }

    /// <summary>The parameters of an optimizer by name; <paramref name="group"/> counts from -1, the main one.</summary>
    public IReadOnlyDictionary<string, Parameter> Named(int group) =>
        parameters.ByName().Where(p => GroupOf(p.Value, p.Key) == group).ToDictionary(p => p.Key, p => p.Value);

    private void Update(Optimizer optimizer, int group, List<Parameter> used, Tensor?[] gradients)
    {
        Tensor?[] own = new Tensor?[gradients.Length];
        bool isAny = false;
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = GroupOf(used[i], null) == group ? gradients[i] : null;
            isAny |= own[i] is not null;
        }
        if (isAny)
        {
            optimizer.Update(used, own);
        }
    }

    private int GroupOf(Parameter parameter, string? name)
    {
        if (!groupOf.TryGetValue(parameter, out int group))
        {
            name ??= parameters.NameOf(parameter);
            group = MainGroup;
            for (int i = Groups.Count - 1; i >= 0; i--)
            {
                group = Groups[i].Applies(name) ? i : group;
            }
            groupOf.Add(parameter, group);
        }
        return group;
    }
}
