using System.Reflection;
using System.Text.RegularExpressions;

namespace Pyrite;

/// <summary>Which folders of a library use which others of it. What lies in a folder itself is the face of the rooms inside, so a folder and its
/// rooms may know each other; the library's own folder is the face of all.</summary>
internal sealed partial class FolderGraph
{
    private readonly Dictionary<string, SortedDictionary<string, SortedSet<string>>> edges = [];

    /// <summary>The graph of a library.</summary>
    /// <param name="library">Its name.</param>
    /// <param name="exceptions">Uses that do not count, as "UsingType → UsedType".</param>
    public static FolderGraph Of(string library, IReadOnlySet<string> exceptions)
    {
        Dictionary<TypeName, string> folders = Folders(library);
        FolderGraph graph = new();
        foreach ((TypeName from, TypeName to) in TypeReferences.Of(Assembly.Load(library).Location))
        {
            if (folders.TryGetValue(from, out string? user) && folders.TryGetValue(to, out string? used) && AreApart(user, used)
                && !exceptions.Contains($"{from.Name} → {to.Name}"))
            {
                graph.Add(user, used, $"{from.Name} → {to.Name}");
            }
        }
        return graph;
    }

    /// <summary>The folders that use each other, directly or through others, each set with the uses inside it.</summary>
    public IEnumerable<(string[] Folders, string[] Uses)> Cycles()
    {
        HashSet<string> seen = [];
        foreach (string folder in edges.Keys.Order(StringComparer.Ordinal))
        {
            string[] cycle = [.. Reachable(folder).Where(other => Reachable(other).Contains(folder)).Order(StringComparer.Ordinal)];
            if (cycle.Length > 1 && cycle.All(seen.Add))
            {
                yield return (cycle, [.. Uses(cycle)]);
            }
        }
    }

    private IEnumerable<string> Uses(string[] cycle) =>
        from user in cycle
        from used in edges[user]
        where cycle.Contains(used.Key)
        select $"{user} → {used.Key}: {string.Join(", ", used.Value)}";

    private HashSet<string> Reachable(string start)
    {
        HashSet<string> reached = [];
        Stack<string> open = new([start]);
        while (open.TryPop(out string? folder))
        {
            if (edges.TryGetValue(folder, out SortedDictionary<string, SortedSet<string>>? used))
            {
                used.Keys.Where(reached.Add).ToList().ForEach(open.Push);
            }
        }
        return reached;
    }

    /// <summary>Whether neither folder lies in the other: what lies in a folder itself is the face of the rooms inside.</summary>
    private static bool AreApart(string user, string used) => !$"{user}/".StartsWith($"{used}/", StringComparison.Ordinal)
        && !$"{used}/".StartsWith($"{user}/", StringComparison.Ordinal) && user.Length > 0 && used.Length > 0;

    /// <summary>Adds a use.</summary>
    public void Add(string user, string used, string use)
    {
        edges.TryAdd(user, []);
        edges[user].TryAdd(used, []);
        edges[user][used].Add(use);
    }

    /// <summary>The folder of each outermost type, relative to the library.</summary>
    public static Dictionary<TypeName, string> Folders(string library)
    {
        Dictionary<TypeName, string> folders = [];
        foreach (string file in Repository.SourceFiles("src").Where(file => file.StartsWith($"src/{library}/", StringComparison.Ordinal)))
        {
            string text = Repository.Read(file);
            string space = Namespace().Match(text).Groups[1].Value;
            foreach (Match type in Declaration().Matches(text))
            {
                string parameters = type.Groups[2].Value;
                int arity = parameters.Length == 0 ? 0 : parameters.Count(letter => letter == ',') + 1;
                folders[new TypeName(space, type.Groups[1].Value, arity)] = string.Join('/', file.Split('/')[2..^1]);
            }
        }
        return folders;
    }

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?:public |internal |file )?(?:(?:static|sealed|abstract|readonly|ref|unsafe|partial) )*"
        + @"(?:class|struct|interface|enum|record struct|record class|record|delegate [\w.<>?\[\], ]+?) (\w+)(<[^>]*>)?",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();
}
