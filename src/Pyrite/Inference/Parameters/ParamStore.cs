using Pyrite.Inference.Parameters;
using Pyrite.Inference.Saving;
using Pyrite.Text;

namespace Pyrite;

/// <summary>The parameters that an inference learns, by name; it belongs to one <see cref="Svi{T}"/>.</summary>
/// <remarks>Constrained parameters are kept on the unconstrained side of their bijection, where the optimizer works.</remarks>
public sealed class ParamStore
{
    private readonly Dictionary<string, Entry> entries = [];
    private readonly Dictionary<string, Module> modules = [];

    // Networks of which a handler has kept parameters back so far.
    private readonly HashSet<string> partial = [];

    // What was loaded before its parameters existed.
    private WaitingParameters? waiting;

    internal ParamStore()
    {
    }

    /// <summary>Who uses the inference that these parameters belong to.</summary>
    internal ThreadClaim? Claim { get; set; }

    /// <summary>The names, in the order of first appearance; a network's parameters as <c>site.path</c>.</summary>
    public IReadOnlyCollection<string> Names => entries.Keys;

    /// <summary>The number of learnt numbers.</summary>
    public long Count => entries.Values.Sum(e => e.Unconstrained.Shape.Count);

    /// <summary>The present value of a parameter, inside its constraint; a copy.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message lists the names.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the inference.</exception>
    public Tensor this[string name]
    {
        get
        {
            Claim?.Require("Reading a parameter");
            using NoGradient.Scope untracked = NoGradient.Begin();
            return Find(name).Constrained().Detach().Keep();
        }
    }

    /// <summary>The learnable side of a parameter: any real numbers.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message lists the names.</exception>
    public Parameter Unconstrained(string name) => Find(name).Unconstrained;

    /// <summary>Replaces the value of a parameter.</summary>
    /// <exception cref="ArgumentException">The value violates the constraint or has another shape.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the inference.</exception>
    public void Set(string name, Tensor value)
    {
        Claim?.Require(nameof(Set));
        Entry entry = Find(name);
        if (!entry.Constraint.Check(value).All())
        {
            throw new ArgumentException($"Parameter \"{name}\" must satisfy {entry.Constraint.Name}; the given value does not: {value}.",
                nameof(value));
        }
        using NoGradient.Scope untracked = NoGradient.Begin();
        Tensor free = entry.Transform is null ? value : entry.Transform.Inverse(value);
        entry.Unconstrained.Assign(free.Shape == entry.Unconstrained.Shape
            ? free
            : throw new ArgumentException(
                $"Parameter \"{name}\" has shape {entry.Constrained().Shape}; the given value has shape {value.Shape}. Give one of its shape.",
                    nameof(value)));
    }

    /// <summary>Writes all values, inside their constraints, to a safetensors file, with what networks remember beside parameters; an earlier file is
    /// replaced as a whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written; an earlier one is kept whole.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the inference.</exception>
    public void Save(string path) =>
        ParamStoreFile.Save(path, entries.Keys.Select(name => KeyValuePair.Create(name, this[name])), Buffers(), Looks());

    /// <summary>Sets all values from a file that <see cref="Save"/> wrote.</summary>
    /// <remarks>Before model and guide have run there are no parameters: then each value waits for its statement, and is checked when that comes.
    /// What the file and the model do not share is refused by the first step.</remarks>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is no safetensors file, names, shapes or constraints differ (the message lists them), or a
    /// value violates its constraint; nothing has been changed.</exception>
    /// <exception cref="InvalidOperationException">Another thread is using the inference.</exception>
    public void Load(string path)
    {
        Claim?.Require(nameof(Load));
        ArgumentNullException.ThrowIfNull(path);
        ParamStoreFile file = ParamStoreFile.Load(path);
        if (entries.Count == 0)
        {
            waiting = new WaitingParameters(file);
            return;
        }
        Fill(path, file);
        waiting = null;
    }

    private void Fill(string path, ParamStoreFile file)
    {
        IReadOnlyDictionary<string, Tensor> saved = file.Values;
        Dictionary<string, Tensor> present = entries.ToDictionary(e => e.Key, e => e.Value.Constrained());
        if (StateDifference.Find(present, saved) is { } difference)
        {
            throw new InvalidDataException($"Loading {path}: {difference}");
        }
        if (file.Looks is { } looks && ConstraintDescription.Difference(Looks(), looks, saved.Keys) is { } other)
        {
            throw file.Refuse(other);
        }
        IReadOnlyDictionary<string, ModuleBuffer> buffers = Buffers();
        if (file.Buffers is { } kept && StateDifference.Find(buffers.ToDictionary(b => b.Key, b => b.Value.Value), kept) is { } unlike)
        {
            throw file.Refuse(unlike);
        }
        foreach ((string name, Tensor value) in saved)
        {
            if (!entries[name].Constraint.Check(value).All())
            {
                throw new InvalidDataException(
                    $"Loading {path}: parameter \"{name}\" must satisfy {entries[name].Constraint.Name}; the value in the file does not.");
            }
        }
        foreach ((string name, Tensor value) in saved)
        {
            Set(name, value);
        }
        foreach ((string name, Tensor value) in file.Buffers ?? new Dictionary<string, Tensor>())
        {
            buffers[name].Assign(value);
        }
    }

    /// <summary>Refuses loaded values that no statement has claimed, once model and guide have run.</summary>
    /// <exception cref="InvalidDataException">The file was saved by another model.</exception>
    internal void RequireClaimed()
    {
        waiting?.RequireClaimed();
        waiting = null;
    }

    /// <summary>The constraints of the parameters that have one.</summary>
    internal IReadOnlyDictionary<string, ConstraintDescription> Looks() =>
        entries.Where(e => e.Value.Transform is not null)
            .ToDictionary(e => e.Key, e => ConstraintDescription.Of(e.Value.Constraint, e.Value.Transform, e.Value.Unconstrained.Shape));

    /// <summary>The constrained value of a param site, made from its start at first sight.</summary>
    internal Tensor Get(ParamSite site)
    {
        if (!entries.TryGetValue(site.Name, out Entry? entry))
        {
            // it outlives the step
            Transform? transform =
                ReferenceEquals(site.Constraint, Constraints.Real) ? null : StepScope.Outside(() => ConstraintRegistry.BijectTo(site.Constraint));
            using NoGradient.Scope untracked = NoGradient.Begin();
            Tensor start = site.Start();
            start =
                waiting?.Claim(site.Name, start.DType, start.Shape, site.Constraint,
                    () => ConstraintDescription.Of(site.Constraint, transform, transform?.InverseShape(start.Shape) ?? start.Shape)) ?? start;
            entry =
                new Entry(new Parameter(transform is null ? start : transform.Inverse(start)), site.Constraint, transform,
                new ParameterDeclaration(site, start.Shape, start.DType));
            entries.Add(site.Name, entry);
        }
        else if (entry.Declaration is { } declaration)
        {
            declaration.Verify(site);
        }
        else
        {
            throw new ModelException(ModelError.ParameterNameTaken, site.Name,
                $"the parameter name \"{site.Name}\" is taken by a registered network. Give the Param another name.");
        }
        return entry.Constrained();
    }

    /// <summary>Adopts the parameters of a registered network.</summary>
    internal void Adopt(ModuleSite site, ulong seed)
    {
        if (modules.TryGetValue(site.Name, out Module? known))
        {
            if (!ReferenceEquals(known, site.Module))
            {
                throw new ModelException(ModelError.TwoModulesOneName, site.Name,
                    "another module instance was registered under this name before. Create the module once, outside of the model, and register that "
                        + "one; otherwise its weights start anew in every step.");
            }
            if (!partial.Contains(site.Name))
            {
                return;
            }
        }
        else
        {
            site.Module.SetSeed(seed);
        }
        foreach ((string path, Parameter parameter) in site.NamedParameters)
        {
            if (entries.TryGetValue($"{site.Name}.{path}", out Entry? own) && ReferenceEquals(own.Unconstrained, parameter))
            {
                continue;
            }
            if (!entries.TryAdd($"{site.Name}.{path}", new Entry(parameter, Constraints.Real, null, null)))
            {
                throw new ModelException(ModelError.ParameterNameTaken, site.Name,
                    $"the parameter name \"{site.Name}.{path}\" is taken by another parameter. Register the module under another name.");
            }
            if (waiting is { } loaded)
            {
                // The step that registers the network has not used it yet; for that step the parameter has not changed.
                _ = StepScope.Outside(() =>
                {
                    parameter.Assign(
                        loaded.Claim($"{site.Name}.{path}", parameter.Value.DType, parameter.Shape, Constraints.Real,
                            () => ConstraintDescription.Free));
                    return true;
                });
            }
        }
        waiting?.ClaimBuffers(site.Name, site.Module);
        modules[site.Name] = site.Module;
        if (!site.IsWhole)
        {
            partial.Add(site.Name);
        }
    }

    /// <summary>The learnable sides of the parameters that a trace used, in order; frozen ones are left out.</summary>
    internal void Collect(Trace trace, List<Parameter> used, HashSet<Parameter> seen)
    {
        foreach (Site site in trace.SiteList)
        {
            if (site is ParamSite && entries.TryGetValue(site.Name, out Entry? entry) && entry.Unconstrained.RequiresGradient
                && seen.Add(entry.Unconstrained))
            {
                used.Add(entry.Unconstrained);
            }
            else if (site is ModuleSite module)
            {
                Collect(module, used, seen);
            }
        }
    }

    /// <summary>The parameters of a network that are to be learnt.</summary>
    internal static void Collect(ModuleSite site, List<Parameter> used, HashSet<Parameter> seen)
    {
        IReadOnlyList<Parameter> parameters = site.Module.Parameters;
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].RequiresGradient && site.Learns(parameters[i]) && seen.Add(parameters[i]))
            {
                used.Add(parameters[i]);
            }
        }
    }

    /// <summary>The name of a parameter of this store.</summary>
    internal string NameOf(Parameter parameter)
    {
        foreach ((string name, Entry entry) in entries)
        {
            if (ReferenceEquals(entry.Unconstrained, parameter))
            {
                return name;
            }
        }
        throw new InvalidOperationException("A parameter was asked for its name that this store has never met.");
    }

    /// <summary>The learnable sides by name.</summary>
    internal IReadOnlyDictionary<string, Parameter> ByName() => entries.ToDictionary(e => e.Key, e => e.Value.Unconstrained);

    /// <summary>What registered networks remember beside parameters, by name.</summary>
    internal IReadOnlyDictionary<string, ModuleBuffer> Buffers()
    {
        Dictionary<string, ModuleBuffer> buffers = [];
        foreach ((string name, Module module) in modules)
        {
            foreach ((string path, ModuleBuffer buffer) in module.NamedBuffers)
            {
                buffers.TryAdd($"{name}.{path}", buffer);
            }
        }
        return buffers;
    }

    private Entry Find(string name) => entries.TryGetValue(name, out Entry? entry)
        ? entry
        : throw new KeyNotFoundException(
            $"There is no parameter \"{name}\". {Known(name)} Parameters appear when the model or guide first runs.");

    private string Known(string name) => entries.Count == 0
        ? "There are none yet."
        : $"There are {entries.Count}, the nearest first: {NearestNames.List(name, entries.Keys)}.";

    private sealed record Entry(Parameter Unconstrained, Constraint Constraint, Transform? Transform, ParameterDeclaration? Declaration)
    {
        public Tensor Constrained() => Transform is null ? Unconstrained.Value : Transform.Forward(Unconstrained.Value);
    }
}
