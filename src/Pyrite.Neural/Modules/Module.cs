using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Pyrite.Modules;

namespace Pyrite;

/// <summary>A part of a network: it owns parameters and the modules in its fields, and gives each of them a name.</summary>
/// <remarks>
/// Derive from it, keep layers and <see cref="Parameter"/>s in fields, auto-properties, arrays, lists or dictionaries, and write a <c>Forward</c> of
/// any signature. Names are those of PyTorch: the field or property in camel case without a leading underscore, parts joined by dots, list positions
/// as numbers (<c>encoder.conv1.weight</c>, <c>layers.0.bias</c>). Fields that are set before the base constructor runs are adopted there, all others
/// at the first look at <see cref="Parameters"/>. Something that is reached twice keeps its first name and is listed once. Weights are drawn at first
/// use from (seed, "init", path), the path counted from the outermost module.
/// </remarks>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields)]
[DebuggerDisplay("{Label,nq}")]
public abstract class Module
{
    private readonly List<ModuleMember> members = [];
    private Module? parent;
    private string nameInParent = "";
    private ulong? seed;
    private bool isCompleting;
    private volatile bool isComplete;
    private ModuleListing? listing;

    /// <summary>Adopts what the field initializers have made.</summary>
    protected Module() => AdoptFields();

    /// <summary>Whether layers that behave differently in training (dropout, batch statistics) shall do so; true at first.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>All parameters of this module and those inside it, in ordinal order of their paths, each once.</summary>
    public IReadOnlyList<Parameter> Parameters => Listing.ParameterList;

    /// <summary>All parameters by path (<c>encoder.conv1.weight</c>), in ordinal order of the paths.</summary>
    public IReadOnlyDictionary<string, Parameter> NamedParameters => Listing.Parameters;

    /// <summary>All buffers by path (<c>norm.running_mean</c>), in ordinal order of the paths.</summary>
    public IReadOnlyDictionary<string, ModuleBuffer> NamedBuffers => Listing.Buffers;

    /// <summary>The modules directly inside this one, in order of declaration.</summary>
    public IReadOnlyList<Module> Children => Listing.Children;

    internal ModuleListing Listing
    {
        get
        {
            Complete();
            return listing ??= new ModuleListing(this);
        }
    }

    internal IReadOnlyList<ModuleMember> Members
    {
        get
        {
            Complete();
            return members;
        }
    }

    /// <summary>The type, and the path from the outermost module, for messages: <c>Linear "encoder.fc1"</c>.</summary>
    internal string Label => Path.Length == 0 ? GetType().Name : $"{GetType().Name} \"{Path}\"";

    /// <summary>The precision that <c>To</c> asked for; null leaves it to <see cref="Precision.Default"/>.</summary>
    internal DType? Type { get; private set; }

    /// <summary>Sets the seed from which weights are drawn, here and in all modules inside.</summary>
    /// <remarks>Weights that have been used already keep their values. Without a seed, seed 0.</remarks>
    public void SetSeed(ulong initialSeed) => Visit(module => module.seed = initialSeed);

    /// <summary>The network as a tree: a line for each module inside, with how many parameters it holds and the shapes of its own (those of buffers
    /// in brackets), and below it the number of all parameters. No weight is drawn for it.</summary>
    public override string ToString() => ModuleTree.Of(this);

    /// <summary>Makes a parameter of this module whose start is drawn at first use.</summary>
    /// <param name="name">Its name in this module.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="initializer">Makes the start.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    protected Parameter AddParameter(string name, Shape shape, Initializer initializer)
    {
        Parameter parameter = new(shape, () =>
        {
            using Precision.Scope precision = Precision.Use(Type ?? Precision.Default);
            return initializer.Draw(KeyOf("init", name), shape);
        });
        Add(new ModuleMember(name, parameter) { IsDrawnHere = true });
        return parameter;
    }

    /// <summary>Gives a module a name of its own choosing inside this one, where the field's name will not do.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    protected TModule AddModule<TModule>(string name, TModule module) where TModule : Module
    {
        Add(new ModuleMember(name, module));
        return module;
    }

    /// <summary>Makes a buffer of this module: state that is saved but not trained.</summary>
    /// <param name="name">Its name in this module.</param>
    /// <param name="start">Its first value (copied).</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    protected ModuleBuffer AddBuffer(string name, Tensor start)
    {
        ModuleBuffer buffer = new(start);
        Add(new ModuleMember(name, buffer));
        return buffer;
    }

    /// <summary>The key that belongs to a name in this module, for one purpose.</summary>
    internal RandomKey KeyOf(string purpose, string name) => RandomKey.FromSeed(Seed).Child(purpose).Child(PathOf(name));

    /// <summary>The path of a name in this module, from the outermost module.</summary>
    internal string PathOf(string name)
    {
        string path = Path;
        return path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";
    }

    internal void SetTraining(bool isTraining) => Visit(module => module.IsTraining = isTraining);

    internal void SetType(DType type)
    {
        if (!type.IsFloatingPoint)
        {
            throw new ArgumentException($"{Label}: weights are Float32 or Float64; {type} was asked for.", nameof(type));
        }
        Visit(module =>
        {
            module.Type = type;
            foreach (ModuleMember member in module.members)
            {
                member.ConvertTo(type);
            }
        });
    }

    private ulong Seed => seed ?? parent?.Seed ?? 0;

    private Module Root => parent?.Root ?? this;

    private string Path => parent is null || parent.Path.Length == 0 ? nameInParent : $"{parent.Path}.{nameInParent}";

    private void Visit(Action<Module> action)
    {
        foreach (Module module in Listing.Modules)
        {
            action(module);
        }
    }

    /// <summary>Adopts what constructors have put into fields; threads that ask at the same time wait for the first one.</summary>
    private void Complete()
    {
        if (isComplete)
        {
            return;
        }
        lock (members)
        {
            if (!isCompleting)
            {
                isCompleting = true;
                AdoptFields();
                isComplete = true;
            }
        }
    }

    private void AdoptFields()
    {
        foreach ((string name, object value) in ModuleFields.Of(this))
        {
            if (!members.Exists(member => ReferenceEquals(member.Value, value)))
            {
                Add(new ModuleMember(name, value));
            }
        }
    }

    private void Add(ModuleMember member)
    {
        if (members.Exists(other => other.Name == member.Name))
        {
            throw new ArgumentException($"{Label}: two members would be named \"{member.Name}\". Rename a field, or use another name.");
        }
        members.Add(member);
        if (member.Value is Parameter parameter)
        {
            parameter.NameBy(() => $"{Root.GetType().Name}.{PathOf(member.Name)}");
        }
        if (member.Value is Module { parent: null } child && !IsInside(child))
        {
            child.parent = this;
            child.nameInParent = member.Name;
        }
        for (Module? module = this; module is not null; module = module.parent)
        {
            module.listing = null;
        }
    }

    private bool IsInside(Module other)
    {
        for (Module? module = this; module is not null; module = module.parent)
        {
            if (module == other)
            {
                return true;
            }
        }
        return false;
    }
}
