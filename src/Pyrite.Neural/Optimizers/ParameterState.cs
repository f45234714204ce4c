namespace Pyrite;

/// <summary>What an optimizer remembers about one parameter: a step count and tensors of the parameter's shape, changed in place.</summary>
public sealed class ParameterState
{
    private const string StepName = "step";

    // Parameters that no gradient reaches: tensors that are overwritten in place.
    private readonly Parameter[] tensors;

    internal ParameterState(Parameter parameter, int count, Func<int, double> start)
    {
        Type = parameter.Value.DType;
        tensors = new Parameter[count];
        for (int i = 0; i < count; i++)
        {
            double value = start(i);
            tensors[i] = Remembered(() => Tensor.Full(parameter.Shape, value, Type));
        }
    }

    private ParameterState(DType type, long step, Parameter[] tensors)
    {
        Type = type;
        Step = step;
        this.tensors = tensors;
    }

    /// <summary>How often the parameter was updated, the present update included.</summary>
    public long Step { get; internal set; }

    internal DType Type { get; }

    /// <summary>A product over steps that an optimizer keeps at hand; it can be worked out again from the step alone.</summary>
    internal double MomentumProduct { get; set; } = 1;

    /// <summary>The step up to which <see cref="MomentumProduct"/> goes.</summary>
    internal long MomentumProductStep { get; set; }

    /// <summary>How many tensors are remembered.</summary>
    internal int Count => tensors.Length;

    /// <summary>A remembered tensor, numbered as the optimizer names them.</summary>
    public Tensor this[int index] => tensors[index].Value;

    /// <summary>Overwrites a remembered tensor in place.</summary>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Assign(int index, Tensor replacement)
    {
        Parameter target = tensors[index];
        if (replacement.Shape != target.Shape)
        {
            throw new ArgumentException(
                $"Optimizer state of shape {target.Shape} was assigned a tensor of shape {replacement.Shape}; shapes must agree.",
                    nameof(replacement));
        }
        target.Assign(replacement);
    }

    /// <summary>The same memory in another precision.</summary>
    internal ParameterState As(DType type) => new(type, Step, Array.ConvertAll(tensors, tensor => Remembered(() => tensor.Value.To(type))));

    internal void Export(string path, IReadOnlyList<string> names, Dictionary<string, Tensor> target)
    {
        target.Add($"{path}/{StepName}", StepScope.Outside(() => Tensor.From([Step]).Reshape(Shape.Scalar)));
        for (int i = 0; i < tensors.Length; i++)
        {
            target.Add($"{path}/{names[i]}", tensors[i].Value.Keep());
        }
    }

    /// <summary>The state under a path, or null where there is none.</summary>
    internal static ParameterState? Import(string path, Parameter parameter, IReadOnlyList<string> names, IReadOnlyDictionary<string, Tensor> source)
    {
        if (!source.TryGetValue($"{path}/{StepName}", out Tensor? step))
        {
            return null;
        }
        Parameter[] tensors = new Parameter[names.Count];
        for (int i = 0; i < tensors.Length; i++)
        {
            if (!source.TryGetValue($"{path}/{names[i]}", out Tensor? tensor) || tensor.Shape != parameter.Shape)
            {
                throw new ArgumentException(
                    $"The optimizer state needs a tensor \"{path}/{names[i]}\" of shape {parameter.Shape}; "
                        + $"found {tensor?.Shape.ToString() ?? "none"}. Import a state that was exported for these parameters.", nameof(source));
            }
            tensors[i] = Remembered(() => tensor.To(parameter.Value.DType));
        }
        return new ParameterState(parameter.Value.DType, (long)step.Item(), tensors);
    }

    private static Parameter Remembered(Func<Tensor> start) => StepScope.Outside(() => new Parameter(start()) { RequiresGradient = false });
}
