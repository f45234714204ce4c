using Pyrite.Text;

namespace Pyrite.Inference.Parameters;

/// <summary>Values that were loaded before their parameters existed: each waits for its statement.</summary>
internal sealed class WaitingParameters(ParamStoreFile file)
{
    private readonly Dictionary<string, Tensor> values = new(file.Values);
    private readonly Dictionary<string, Tensor> buffers = new(file.Buffers ?? new Dictionary<string, Tensor>());

    /// <summary>The value of a parameter that appears now.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="constraint">Its constraint.</param>
    /// <param name="look">How a file describes that.</param>
    /// <exception cref="InvalidDataException">The file has no such parameter, or one of another shape, type or constraint; it goes on
    /// waiting.</exception>
    public Tensor Claim(string name, DType type, Shape shape, Constraint constraint, Func<ConstraintDescription> look)
    {
        if (!values.TryGetValue(name, out Tensor? value))
        {
            throw file.Refuse(
                $"it was saved by another model. The parameter \"{name}\" is only in this model; in the file "
                    + $"are {NearestNames.List(name, file.Values.Keys)}. Load it with what it was saved with.");
        }
        if (value.DType != type || value.Shape != shape)
        {
            throw file.Refuse(
                $"it was saved by another model. The parameter \"{name}\" is {type} {shape} here and {value.DType} {value.Shape} in the file. Load "
                    + "it with what it was saved with.");
        }
        if (file.Looks is { } looks
            && ConstraintDescription.Difference(new Dictionary<string, ConstraintDescription> { [name] = look() }, looks, [name]) is { } difference)
        {
            throw file.Refuse(difference);
        }
        if (!constraint.Check(value).All())
        {
            throw file.Refuse($"parameter \"{name}\" must satisfy {constraint.Name}; the value in the file does not.");
        }
        values.Remove(name);
        return value;
    }

    /// <summary>Sets the buffers of a network that appears now.</summary>
    /// <exception cref="InvalidDataException">The file has other buffers.</exception>
    public void ClaimBuffers(string site, Module module)
    {
        if (file.Buffers is null)
        {
            return;
        }
        foreach ((string path, ModuleBuffer buffer) in module.NamedBuffers)
        {
            string name = $"{site}.{path}";
            if (!buffers.Remove(name, out Tensor? value) || value.Shape != buffer.Shape)
            {
                throw file.Refuse(
                    $"it was saved by another model. The network \"{site}\" remembers \"{path}\" of shape {buffer.Shape}, the "
                        + $"file {(value is null ? "does not" : $"one of shape {value.Shape}")}. Load it with what it was saved with.");
            }
            buffer.Assign(value);
        }
    }

    /// <summary>Refuses values that no statement has claimed once model and guide have run.</summary>
    /// <exception cref="InvalidDataException">There are such values.</exception>
    public void RequireClaimed()
    {
        if (values.Count > 0)
        {
            throw file.Refuse(
                $"it was saved by another model. Only in the file: {string.Join(", ", values.Keys.Order(StringComparer.Ordinal).Take(12))}. Load it "
                    + "with what it was saved with.");
        }
    }
}
