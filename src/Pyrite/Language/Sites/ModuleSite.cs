using Pyrite.Language;


namespace Pyrite;

/// <summary>A network whose parameters inference learns, each under the name <c>site.path</c>.</summary>
public sealed class ModuleSite : Site
{
    private HashSet<Parameter>? replaced;

    internal ModuleSite(string name, Module module)
        : base(name) => Module = module;

    /// <summary>The network.</summary>
    public Module Module { get; }

    /// <summary>The parameters to learn, by path: all of the network's but those that a handler has given another value.</summary>
    public IEnumerable<KeyValuePair<string, Parameter>> NamedParameters =>
        replaced is null ? Module.NamedParameters : Module.NamedParameters.Where(p => !replaced.Contains(p.Value));

    /// <summary>Whether handlers have given no parameter another value.</summary>
    internal bool IsWhole => replaced is null;

    /// <summary>A module has no single value.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override Tensor Value
    {
        get => throw new NotSupportedException($"Module site \"{Name}\" stands for many parameters. Read them from Module.NamedParameters.");
        set => throw new NotSupportedException($"Module site \"{Name}\" stands for many parameters. Assign them one by one.");
    }

    /// <inheritdoc/>
    public override bool HasValue => false;

    /// <summary>Whether a parameter of the network is still to learn.</summary>
    internal bool Learns(Parameter parameter) => replaced is null || !replaced.Contains(parameter);

    /// <summary>Lets parameters stand for other values from here to where the handler at work ends; handlers further out see them no more.</summary>
    /// <param name="valueOf">The value of the parameter at a path; null leaves it a parameter.</param>
    internal void Replace(Func<string, Parameter, Tensor?> valueOf)
    {
        Dictionary<Parameter, Tensor> values = [];
        foreach ((string path, Parameter parameter) in NamedParameters)
        {
            if (valueOf(path, parameter) is { } value)
            {
                values.Add(parameter, value);
            }
        }
        if (values.Count == 0)
        {
            return;
        }
        HandlerStack.Substitute(values);
        (replaced ??= []).UnionWith(values.Keys);
    }

    internal override void Before(Handler handler) => handler.Before(this);

    internal override void After(Handler handler) => handler.After(this);

    internal override void ApplyDefault()
    {
        // The module computes by itself; there is nothing to decide.
    }
}
