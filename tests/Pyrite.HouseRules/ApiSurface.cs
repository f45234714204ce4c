using System.Reflection;
using System.Runtime.CompilerServices;

namespace Pyrite;

/// <summary>The public API of one assembly as text: a line a type, then its members indented, in a stable order.</summary>
internal static class ApiSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The lines of the API; members of records that the compiler writes are left out.</summary>
    public static IReadOnlyList<string> Describe(Assembly assembly)
    {
        List<string> lines = [];
        foreach (Type type in assembly.GetTypes().Where(IsVisible).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            lines.Add(ApiTypeName.Declaration(type));
            lines.AddRange(Members(type).Order(StringComparer.Ordinal).Select(member => "    " + member));
        }

        return lines;
    }

    /// <summary>What one description has and the other has not, each line with the type it belongs to.</summary>
    public static IReadOnlyList<string> Difference(IReadOnlyList<string> accepted, IReadOnlyList<string> found)
    {
        List<string> before = Qualified(accepted), after = Qualified(found);
        return [.. before.Except(after).Select(line => "- " + line), .. after.Except(before).Select(line => "+ " + line)];
    }

    private static List<string> Qualified(IReadOnlyList<string> lines)
    {
        List<string> qualified = [];
        string type = "";
        foreach (string line in lines)
        {
            if (line.StartsWith(' '))
            {
                qualified.Add($"{type}  ::  {line.Trim()}");
            }
            else if (line.Length > 0)
            {
                type = line;
                qualified.Add(line);
            }
        }

        return qualified;
    }

    private static bool IsVisible(Type type) => !IsUnspeakable(type.Name)
        && (type.IsPublic || ((type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)));

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name))}");
        }

        return type.IsSubclassOf(typeof(Delegate))
            ? []
            : type.GetMembers(Declared).Where(member => !IsUnspeakable(member.Name) && !member.IsDefined(typeof(CompilerGeneratedAttribute)))
                .Select(ApiMember.Describe).OfType<string>().Distinct();
    }

    private static bool IsUnspeakable(string name) => name.Contains('<') || name.Contains('$');
}
