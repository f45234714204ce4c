using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Pyrite;

/// <summary>Which types of a library use which others of it, read from the compiled assembly: signatures, fields, bases, attributes and
/// instructions. Constants leave no trace there, documentation neither.</summary>
internal sealed class TypeReferences : ISignatureTypeProvider<IEnumerable<EntityHandle>, object?>
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    private readonly MetadataReader reader;
    private readonly PEReader file;
    private readonly HashSet<(TypeDefinitionHandle From, TypeDefinitionHandle To)> found = [];
    private TypeDefinitionHandle current;

    private TypeReferences(PEReader file)
    {
        this.file = file;
        reader = file.GetMetadataReader();
    }

    /// <summary>All pairs of different outermost types of which the first uses the second.</summary>
    /// <param name="assembly">The path of the assembly.</param>
    public static IEnumerable<(TypeName From, TypeName To)> Of(string assembly)
    {
        using PEReader file = new(File.OpenRead(assembly));
        TypeReferences references = new(file);
        references.Read();
        return [.. references.found.Select(pair => (references.NameOf(pair.From), references.NameOf(pair.To)))
            .Where(pair => pair.Item1 != pair.Item2)];
    }

    private void Read()
    {
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            current = handle;
            TypeDefinition type = reader.GetTypeDefinition(handle);
            Add(type.BaseType);
            foreach (InterfaceImplementationHandle one in type.GetInterfaceImplementations())
            {
                Add(reader.GetInterfaceImplementation(one).Interface);
            }
            AddConstraints(type.GetGenericParameters());
            AddAttributes(type.GetCustomAttributes());
            foreach (FieldDefinitionHandle field in type.GetFields())
            {
                AddAll(reader.GetFieldDefinition(field).DecodeSignature(this, null));
            }
            foreach (MethodDefinitionHandle method in type.GetMethods())
            {
                ReadMethod(reader.GetMethodDefinition(method));
            }
        }
    }

    private void ReadMethod(MethodDefinition method)
    {
        AddSignature(method.DecodeSignature(this, null));
        AddConstraints(method.GetGenericParameters());
        AddAttributes(method.GetCustomAttributes());
        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }
        MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null).ToList().ForEach(AddAll);
        }
        foreach (ExceptionRegion region in body.ExceptionRegions)
        {
            Add(region.CatchType);
        }
        ReadInstructions(body.GetILReader());
    }

    private void ReadInstructions(BlobReader code)
    {
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            value = value == 0xFE ? 0xFE00 | code.ReadByte() : value;
            switch (Operands[value])
            {
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok:
                    Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    int targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
                case OperandType.InlineNone:
                    break;
                default:
                    code.Offset += 4;
                    break;
            }
        }
    }

    private void Add(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return;
        }
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                found.Add((Outermost(current), Outermost((TypeDefinitionHandle)handle)));
                break;
            case HandleKind.TypeSpecification:
                AddAll(reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null));
                break;
            case HandleKind.MethodDefinition:
                Add(reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                Add(reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Add(reader.GetMemberReference((MemberReferenceHandle)handle).Parent);
                break;
            case HandleKind.MethodSpecification:
                MethodSpecification specification = reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(specification.Method);
                specification.DecodeSignature(this, null).ToList().ForEach(AddAll);
                break;
        }
    }

    private void AddAll(IEnumerable<EntityHandle> handles) => handles.ToList().ForEach(Add);

    private void AddSignature(MethodSignature<IEnumerable<EntityHandle>> signature)
    {
        AddAll(signature.ReturnType);
        signature.ParameterTypes.ToList().ForEach(AddAll);
    }

    private void AddConstraints(GenericParameterHandleCollection parameters) => AddAll(
        parameters.SelectMany(one => reader.GetGenericParameter(one).GetConstraints()).Select(one => reader.GetGenericParameterConstraint(one).Type));

    private void AddAttributes(CustomAttributeHandleCollection attributes) =>
        AddAll(attributes.Select(one => reader.GetCustomAttribute(one).Constructor));

    private TypeDefinitionHandle Outermost(TypeDefinitionHandle handle)
    {
        while (reader.GetTypeDefinition(handle).GetDeclaringType() is { IsNil: false } outer)
        {
            handle = outer;
        }
        return handle;
    }

    private TypeName NameOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        return new TypeName(reader.GetString(type.Namespace), reader.GetString(type.Name).Split('`')[0], type.GetGenericParameters().Count);
    }

    IEnumerable<EntityHandle> ISimpleTypeProvider<IEnumerable<EntityHandle>>.GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    IEnumerable<EntityHandle> ISimpleTypeProvider<IEnumerable<EntityHandle>>.GetTypeFromDefinition(
        MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [handle];

    IEnumerable<EntityHandle> ISimpleTypeProvider<IEnumerable<EntityHandle>>.GetTypeFromReference(
        MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [];

    IEnumerable<EntityHandle> ISignatureTypeProvider<IEnumerable<EntityHandle>, object?>.GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => [handle];

    IEnumerable<EntityHandle> ISZArrayTypeProvider<IEnumerable<EntityHandle>>.GetSZArrayType(IEnumerable<EntityHandle> elementType) => elementType;

    IEnumerable<EntityHandle> IConstructedTypeProvider<IEnumerable<EntityHandle>>.GetArrayType(
        IEnumerable<EntityHandle> elementType, ArrayShape shape) => elementType;

    IEnumerable<EntityHandle> IConstructedTypeProvider<IEnumerable<EntityHandle>>.GetByReferenceType(IEnumerable<EntityHandle> elementType) =>
        elementType;

    IEnumerable<EntityHandle> IConstructedTypeProvider<IEnumerable<EntityHandle>>.GetPointerType(IEnumerable<EntityHandle> elementType) =>
        elementType;

    IEnumerable<EntityHandle> IConstructedTypeProvider<IEnumerable<EntityHandle>>.GetGenericInstantiation(
        IEnumerable<EntityHandle> genericType, ImmutableArray<IEnumerable<EntityHandle>> typeArguments) =>
        [.. genericType, .. typeArguments.SelectMany(one => one)];

    IEnumerable<EntityHandle> ISignatureTypeProvider<IEnumerable<EntityHandle>, object?>.GetGenericMethodParameter(object? context, int index) => [];

    IEnumerable<EntityHandle> ISignatureTypeProvider<IEnumerable<EntityHandle>, object?>.GetGenericTypeParameter(object? context, int index) => [];

    IEnumerable<EntityHandle> ISignatureTypeProvider<IEnumerable<EntityHandle>, object?>.GetPinnedType(IEnumerable<EntityHandle> elementType) =>
        elementType;

    IEnumerable<EntityHandle> ISignatureTypeProvider<IEnumerable<EntityHandle>, object?>.GetModifiedType(
        IEnumerable<EntityHandle> modifier, IEnumerable<EntityHandle> unmodifiedType, bool isRequired) => unmodifiedType;

    IEnumerable<EntityHandle> ISignatureTypeProvider<IEnumerable<EntityHandle>, object?>.GetFunctionPointerType(
        MethodSignature<IEnumerable<EntityHandle>> signature) => [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(one => one)];
}
