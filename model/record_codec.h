// How each C++ type of a member becomes a field kind and a Value. Included by record_type.h.
#pragma once

#include <optional>
#include <type_traits>

#include "model/record_type.h"

namespace tiebeam {
namespace detail {

template <FieldKind K, class M>
struct PlainCodec {
  static constexpr FieldKind kind = K;
  static void info(FieldInfo& /*field*/) {}
  static Value to_value(const M& member) { return member; }
  static M from_value(const Value& value) {
    const M* held = std::get_if<M>(&value);
    return held ? *held : M{};
  }
};
template <>
struct Codec<std::int64_t> : PlainCodec<FieldKind::integer, std::int64_t> {};
template <>
struct Codec<double> : PlainCodec<FieldKind::number, double> {};
template <>
struct Codec<bool> : PlainCodec<FieldKind::boolean, bool> {};
template <>
struct Codec<Money> : PlainCodec<FieldKind::money, Money> {};
template <>
struct Codec<Instant> : PlainCodec<FieldKind::instant, Instant> {};
template <>
struct Codec<Day> : PlainCodec<FieldKind::day, Day> {};
template <>
struct Codec<Estimate> : PlainCodec<FieldKind::estimate, Estimate> {};
template <>
struct Codec<std::string> : PlainCodec<FieldKind::text, std::string> {
  static Value to_value(const std::string& member) {
    return member.empty() ? Value{} : Value{member};
  }
};
template <>
struct Codec<std::vector<std::string>> : PlainCodec<FieldKind::list, std::vector<std::string>> {};

template <>
struct Codec<Fraction> {
  static constexpr FieldKind kind = FieldKind::fraction;
  static void info(FieldInfo& field) { field.min = 0, field.max = 1; }
  static Value to_value(const Fraction& member) { return member.value(); }
  static Fraction from_value(const Value& value) {
    const double* held = std::get_if<double>(&value);
    return Fraction::create(held ? *held : 0).value_or(Fraction{});
  }
};
template <FixedString Type>
struct Codec<Id<Type>> {
  static constexpr FieldKind kind = FieldKind::reference;
  static void info(FieldInfo& field) { field.refers_to = Type.view(); }
  static Value to_value(const Id<Type>& member) {
    return member.empty() ? Value{} : Value{member.str()};
  }
  static Id<Type> from_value(const Value& value) {
    const std::string* held = std::get_if<std::string>(&value);
    return Id<Type>{held ? *held : std::string{}};
  }
};
template <FixedString Type>
struct Codec<std::vector<Id<Type>>> {
  static constexpr FieldKind kind = FieldKind::references;
  static void info(FieldInfo& field) { field.refers_to = Type.view(); }
  static Value to_value(const std::vector<Id<Type>>& member) {
    std::vector<std::string> out;
    for (const auto& id : member) out.push_back(id.str());
    return out;
  }
  static std::vector<Id<Type>> from_value(const Value& value) {
    std::vector<Id<Type>> out;
    if (const auto* held = std::get_if<std::vector<std::string>>(&value)) {
      for (const auto& id : *held) out.emplace_back(id);
    }
    return out;
  }
};
template <class E>
  requires std::is_enum_v<E>
struct Codec<E> {
  static constexpr FieldKind kind = FieldKind::choice;
  static void info(FieldInfo& field) {
    for (const auto name : Names<E>::values) field.choices.emplace_back(name);
  }
  static Value to_value(const E& member) {
    return std::string(Names<E>::values[static_cast<std::size_t>(member)]);
  }
  static E from_value(const Value& value) {
    const std::string* held = std::get_if<std::string>(&value);
    for (std::size_t i = 0; held && i < Names<E>::values.size(); ++i) {
      if (Names<E>::values[i] == *held) return static_cast<E>(i);
    }
    return E{};
  }
};
template <class M>
struct Codec<std::optional<M>> {
  static constexpr FieldKind kind = Codec<M>::kind;
  static void info(FieldInfo& field) { Codec<M>::info(field); }
  static Value to_value(const std::optional<M>& member) {
    return member ? Codec<M>::to_value(*member) : Value{};
  }
  static std::optional<M> from_value(const Value& value) {
    if (value.index() == 0) return std::nullopt;
    return Codec<M>::from_value(value);
  }
};

template <class T, class M>
FieldInfo info_of(const FieldOf<T, M>& described) {
  FieldInfo field;
  field.name = described.name;
  field.kind = Codec<M>::kind;
  field.required = described.rules.required;
  field.min = described.rules.min;
  field.max = described.rules.max;
  field.unit = described.rules.unit;
  field.help = described.rules.help;
  Codec<M>::info(field);
  return field;
}

// The fields every record has, in the order of kBaseFields.
inline constexpr auto kBase =
    std::tuple{field("id", &RecordBase::id, {.help = "short name in addresses and commands"}),
               field("name", &RecordBase::name, {.help = "what people call it", .required = true}),
               field("notes", &RecordBase::notes, {.help = "anything worth remembering"}),
               field("tags", &RecordBase::tags, {.help = "words to find it by"}),
               field("owner", &RecordBase::owner, {.help = "who keeps this record right"}),
               field("created_at", &RecordBase::created_at, {.help = "when it was written down"}),
               field("updated_at", &RecordBase::updated_at, {.help = "when it last changed"}),
               field("version", &RecordBase::version, {.help = "how often it was written"})};
static_assert(std::tuple_size_v<decltype(kBase)> == kBaseFields);

}  // namespace detail

namespace detail {
// What a plain struct says before anybody wrote into it. Amounts, times and estimates have no such
// value: they are not given until somebody gives them.
inline bool has_initial(FieldKind kind) {
  return kind == FieldKind::choice || kind == FieldKind::boolean || kind == FieldKind::integer ||
         kind == FieldKind::text;
}
}  // namespace detail

template <class T>
Record to_record(const T& from);

// The RecordType that Describe<T> declares.
template <class T>
RecordType describe_record(std::string_view room) {
  static_assert(complete<T>(), "Describe<T>::fields must list every member");
  using D = Describe<T>;
  RecordType type{std::string(D::name), std::string(D::title), std::string(D::plural),
                  std::string(room),    std::string(D::help),  {}};
  const auto add = [&](const auto&... each) {
    (type.fields.push_back(detail::info_of(each)), ...);
  };
  std::apply(add, detail::kBase);
  std::apply(add, D::fields);
  for (const std::size_t kept : {kIdField, kCreatedField, kUpdatedField, kVersionField}) {
    type.fields[kept].kept = true;
  }
  const Record fresh = to_record(T{});
  for (std::size_t i = kBaseFields; i < type.fields.size(); ++i) {
    if (detail::has_initial(type.fields[i].kind)) type.fields[i].initial = fresh.values[i];
  }
  return type;
}

template <class T>
T to_struct(const Record& record) {
  T out{};
  std::size_t i = 0;
  const auto read = [&](const auto&... each) {
    ((out.*each.member = detail::Codec<std::remove_cvref_t<decltype(out.*each.member)>>::from_value(
          record.values[i++])),
     ...);
  };
  std::apply(read, detail::kBase);
  std::apply(read, Describe<T>::fields);
  return out;
}

template <class T>
Record to_record(const T& from) {
  Record out;
  const auto write = [&](const auto&... each) {
    (out.values.push_back(detail::Codec<std::remove_cvref_t<decltype(from.*each.member)>>::to_value(
         from.*each.member)),
     ...);
  };
  std::apply(write, detail::kBase);
  std::apply(write, Describe<T>::fields);
  if (out.values[kIdField].index() == 0) out.values[kIdField] = std::string{};
  return out;
}

}  // namespace tiebeam
