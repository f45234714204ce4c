using System.Globalization;
using System.Text;

namespace Pyrite.Modules;

/// <summary>A network as a tree in text: a line for each module, with the parameters inside it counted and its own ones by shape.</summary>
/// <remarks>No weight is drawn for it. What is reached twice is counted where it is reached first.</remarks>
internal sealed class ModuleTree
{
    private const string Gap = "  ";

    private readonly HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Name, string Count, string Shapes)> lines = [];

    private ModuleTree(Module root) => Add(root, root.GetType().Name, "", "");

    /// <summary>The tree, and below it the number of all parameters, and of the frozen ones if there are any.</summary>
    public static string Of(Module root)
    {
        ModuleTree tree = new(root);
        int names = tree.lines.Max(line => line.Name.Length), counts = tree.lines.Max(line => line.Count.Length);
        StringBuilder text = new();
        foreach ((string name, string count, string shapes) in tree.lines)
        {
            string line = name.PadRight(names) + Gap + count.PadLeft(counts) + Gap + shapes;
            text.Append(line.TrimEnd()).Append('\n');
        }
        long frozen = root.Parameters.Where(parameter => !parameter.RequiresGradient).Sum(parameter => parameter.Shape.Count);
        long all = root.Parameters.Sum(parameter => parameter.Shape.Count);
        text.Append(Number(all)).Append(all == 1 ? " parameter" : " parameters");
        return (frozen == 0 ? text : text.Append(", ").Append(Number(frozen)).Append(" of them frozen")).ToString();
    }

    private long Add(Module module, string title, string indent, string indentInside)
    {
        if (!seen.Add(module))
        {
            lines.Add((indent + title, "", "as above"));
            return 0;
        }
        int place = lines.Count;
        lines.Add(default);
        long count = 0;
        List<string> shapes = [];
        foreach (ModuleMember member in module.Members)
        {
            switch (member.Value)
            {
                case Parameter parameter when seen.Add(parameter):
                    count += parameter.Shape.Count;
                    shapes.Add($"{member.Name} {parameter.Shape}");
                    break;
                case Parameter:
                    shapes.Add($"{member.Name} as above");
                    break;
                case ModuleBuffer buffer:
                    shapes.Add($"({member.Name} {buffer.Shape})");
                    break;
            }
        }
        ModuleMember[] children = [.. module.Members.Where(member => member.Value is Module)];
        for (int i = 0; i < children.Length; i++)
        {
            bool isLast = i == children.Length - 1;
            Module child = (Module)children[i].Value;
            count += Add(child, $"{children[i].Name}: {child.GetType().Name}", indentInside + (isLast ? "└─ " : "├─ "),
                indentInside + (isLast ? "   " : "│  "));
        }
        lines[place] = (indent + title, count == 0 ? "" : Number(count), string.Join(", ", shapes));
        return count;
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
