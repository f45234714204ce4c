namespace Pyrite;

/// <summary>A network whose parameters inference learns, each under the name <c>site.path</c>.</summary>
public sealed class ModuleSite : Site
{
    internal ModuleSite(string name, Module module)
        : base(name) => Module = module;

    /// <summary>The network.</summary>
    public Module Module { get; }

    /// <summary>A module has no single value.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override Tensor Value
    {
        get => throw new NotSupportedException($"Module site \"{Name}\" stands for many parameters. Read them from Module.NamedParameters.");
        set => throw new NotSupportedException($"Module site \"{Name}\" stands for many parameters. Assign them one by one.");
    }

    /// <inheritdoc/>
    public override bool HasValue => false;

    internal override void Before(Handler handler) => handler.Before(this);

    internal override void After(Handler handler) => handler.After(this);

    internal override void ApplyDefault()
    {
        // The module computes by itself; there is nothing to decide.
    }
}
