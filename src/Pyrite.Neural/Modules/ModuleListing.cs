namespace Pyrite.Modules;

/// <summary>Everything inside a module by path, worked out once.</summary>
internal sealed class ModuleListing
{
    private readonly HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
    private readonly SortedDictionary<string, object> found = new(StringComparer.Ordinal);
    private readonly List<Module> modules = [];
    private readonly List<Module> children = [];

    public ModuleListing(Module root)
    {
        Walk(root, "");
        OrderedDictionary<string, Parameter> parameters = [];
        OrderedDictionary<string, ModuleBuffer> buffers = [];
        foreach ((string path, object value) in found)
        {
            if (value is Parameter parameter)
            {
                parameters.Add(path, parameter);
            }
            else
            {
                buffers.Add(path, (ModuleBuffer)value);
            }
        }
        Parameters = parameters;
        ParameterList = [.. parameters.Values];
        Buffers = buffers;
        foreach (ModuleMember member in root.Members)
        {
            if (member.Value is Module child)
            {
                children.Add(child);
            }
        }
    }

    public IReadOnlyDictionary<string, Parameter> Parameters { get; }

    public IReadOnlyList<Parameter> ParameterList { get; }

    public IReadOnlyDictionary<string, ModuleBuffer> Buffers { get; }

    /// <summary>The module itself and all inside it, outermost first.</summary>
    public IReadOnlyList<Module> Modules => modules;

    public IReadOnlyList<Module> Children => children;

    private void Walk(Module module, string prefix)
    {
        if (!seen.Add(module))
        {
            return;
        }
        modules.Add(module);
        foreach (ModuleMember member in module.Members)
        {
            string path = prefix + member.Name;
            if (member.Value is Module child)
            {
                Walk(child, path + ".");
            }
            else if (seen.Add(member.Value) && !found.TryAdd(path, member.Value))
            {
                throw new InvalidOperationException($"{module.Label}: two parameters would have the path \"{path}\". Rename one of them.");
            }
        }
    }
}
